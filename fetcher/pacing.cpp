#include "fetcher/pacing.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include "base/text.h"
#include "base/time.h"

namespace voice::fetcher {
namespace {
using std::chrono::days;
using std::chrono::hours;

constexpr seconds kOthersMayAsk = hours{24};  // for max-age, Expires, ttl, updatePeriod
constexpr seconds kRetryAfterLeast{60};
constexpr seconds kRetryAfterMost = days{7};
constexpr seconds kWithoutValidators = hours{4};  // each of these polls is a full download
constexpr seconds kLargeWithoutValidators = hours{24};
constexpr std::int64_t kLargeBody = 256 << 10;
constexpr seconds kSilence = days{365};
constexpr int kPushFactor = 12;
constexpr std::size_t kPostsLookedAt = 10;

std::optional<std::int64_t> parse_count(std::string_view text) {
  text = trim(text);
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
  if (text.empty()) return std::nullopt;
  for (const char c : text)
    if (!is_digit(c)) return std::nullopt;
  std::int64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  // RFC 9111, 1.2.2: what does not fit is "as long as can be".
  return failure == std::errc{} ? number : std::int64_t{1} << 31;
}

std::optional<seconds> max_age(const Headers& headers) {
  for (const auto line : headers.all("Cache-Control"))
    for (const auto part : split(line, ',')) {
      const auto directive = trim(part);
      if (!starts_with_ignoring_case(directive, "max-age=")) continue;
      if (const auto count = parse_count(directive.substr(8))) return seconds{*count};
    }
  return std::nullopt;
}

seconds fresh_for(const Headers& headers, sys_seconds now) {
  if (const auto age = max_age(headers)) {
    const auto spent = headers.find("Age");
    return *age - seconds{spent ? parse_count(*spent).value_or(0) : 0};
  }
  const auto expires = headers.find("Expires");
  const auto until = expires ? parse_http_date(*expires) : std::nullopt;
  return until ? *until - now : seconds{0};
}

std::optional<seconds> retry_after(const Headers& headers, sys_seconds now) {
  const auto value = headers.find("Retry-After");
  if (!value) return std::nullopt;
  if (const auto count = parse_count(*value)) return std::clamp(seconds{*count}, kRetryAfterLeast, kRetryAfterMost);
  if (const auto until = parse_http_date(*value)) return std::clamp(*until - now, kRetryAfterLeast, kRetryAfterMost);
  return std::nullopt;
}

seconds with_jitter(seconds interval, double jitter, TokenSource& chance) {
  const auto room = static_cast<std::int64_t>(static_cast<double>(interval.count()) * jitter);
  if (room <= 0) return interval;
  return interval + seconds{chance.choose(static_cast<std::uint32_t>(std::min<std::int64_t>(room, 1 << 30)) + 1)};
}

}  // namespace

PacingRules pacing_rules(const config::FetchSettings& settings) {
  PacingRules rules;
  rules.first = settings.first_interval;
  rules.floor = settings.min_interval;
  rules.longest = std::max(settings.max_interval, settings.min_interval);
  rules.jitter = settings.jitter;
  return rules;
}

ServerHints read_server_hints(const Headers& headers, sys_seconds now) {
  ServerHints hints;
  hints.fresh_for = std::clamp(fresh_for(headers, now), seconds{0}, kOthersMayAsk);
  hints.retry_after = retry_after(headers, now);
  return hints;
}

seconds adaptive_interval(std::span<const sys_seconds> posts, sys_seconds now, const PacingRules& rules) {
  std::vector<sys_seconds> dates;
  for (const auto date : posts)
    if (date <= now) dates.push_back(date);
  if (dates.size() < 2) return std::max(rules.first, rules.floor);
  std::sort(dates.begin(), dates.end(), std::greater<>{});
  if (dates.size() > kPostsLookedAt) dates.resize(kPostsLookedAt);
  const auto mean_gap = (dates.front() - dates.back()) / static_cast<std::int64_t>(dates.size() - 1);
  const auto shortest = std::min(std::max(rules.floor, rules.first / 2), rules.longest);
  return std::clamp(seconds{mean_gap / 6}, shortest, rules.longest);
}

sys_seconds outside_skipped(sys_seconds at, std::uint32_t skip_hours, std::uint8_t skip_days) {
  using namespace std::chrono;
  const auto last = at + hours{24};
  while (at < last) {
    const auto day = floor<days>(at);
    const auto hour = static_cast<unsigned>(floor<hours>(at - day).count());
    const bool skipped_day = ((static_cast<unsigned>(skip_days) >> weekday{day}.c_encoding()) & 1U) != 0;
    const bool skipped_hour = ((skip_hours >> hour) & 1U) != 0;
    if (!skipped_day && !skipped_hour) return at;
    at = skipped_day ? sys_seconds{day + days{1}} : day + hours{hour + 1};
  }
  return last;
}

sys_seconds next_poll(const PacingFacts& facts, sys_seconds now, const PacingRules& rules, TokenSource& chance) {
  auto interval = facts.adaptive;
  if (facts.newest_post && now - *facts.newest_post > kSilence) interval = rules.longest * 3;
  if (facts.push_active) interval = std::max(interval, std::min(interval * kPushFactor, rules.longest));
  if (facts.move_pending) interval = std::min(interval * 2, std::max(interval, rules.longest));
  if (!facts.has_validators) {
    const auto least = facts.body_bytes > kLargeBody ? kLargeWithoutValidators : kWithoutValidators;
    interval = std::max(interval, std::min(least, rules.longest));
  }
  interval = std::max({interval, rules.floor, facts.server.fresh_for, std::min(facts.document_hint, kOthersMayAsk)});
  interval = with_jitter(interval, rules.jitter, chance);
  if (facts.server.retry_after) interval = std::max(interval, *facts.server.retry_after);
  // Our clock has whole seconds and rounds down; one more keeps every wait at least as long as it was asked to be.
  return outside_skipped(now + interval + seconds{1}, facts.skip_hours, facts.skip_days);
}

}  // namespace voice::fetcher
