#include "server/archive_months.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/numbers.h"
#include "base/text.h"
#include "base/time.h"
#include "store/archive.h"

namespace voice::server {
namespace {

using std::chrono::months;

constexpr std::chrono::seconds kOneSecond{1};
// What was fetched before midnight is stored a little after it, with the time at which it was read.
constexpr std::chrono::hours kStillWriting{1};

Month month_of(sys_seconds t) {
  const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(london(t))};
  return day.year() / day.month();
}

sys_seconds start_of(Month month) { return london_midnight(month / std::chrono::day{1}); }

// Nothing can appear in it any more.
bool is_over(Month month, sys_seconds now) { return start_of(month + months(1)) + kStillWriting <= now; }

// What is dated ahead has not appeared, though its moment may be in this month.
sys_seconds end_of(Month month, sys_seconds now) { return std::min(start_of(month + months(1)), now + kOneSecond); }

std::int64_t count_in(store::Reader& db, Month month, sys_seconds now) {
  return store::count_appeared(db, start_of(month), end_of(month, now));
}

// Whether the part will hold the same for good. Its link to the month before must be that month's last one, too.
bool is_finished(const ArchivePart& part, std::int64_t posts, sys_seconds now) {
  if (is_over(part.month, now)) return true;
  return posts >= part.number * kPostsInPart && is_over(part.month - months(1), now);
}

std::optional<ArchivePart> newest_part_before(store::Reader& db, sys_seconds t, sys_seconds now) {
  const auto last = store::last_appeared_before(db, t);
  if (!last) return std::nullopt;
  ArchivePart part{.month = month_of(*last)};
  const auto posts = count_in(db, part.month, now);
  part.number = (posts + kPostsInPart - 1) / kPostsInPart;
  if (!is_finished(part, posts, now)) part.places = posts - (part.number - 1) * kPostsInPart;
  return part;
}

}  // namespace

std::optional<Month> parse_month(std::string_view year, std::string_view month) {
  if (year.size() != 4 || month.size() != 2) return std::nullopt;
  const auto y = parse_number<int>(year);
  const auto m = parse_number<unsigned>(month);
  if (!y || !m || *y < 1990 || *y > 2199) return std::nullopt;
  const Month parsed = std::chrono::year{*y} / std::chrono::month{*m};
  return parsed.ok() ? std::optional(parsed) : std::nullopt;
}

std::optional<ArchivePart> find_part(store::Reader& db, Month month, std::string_view number_text,
                                     std::string_view places_text, sys_seconds now) {
  const ArchivePart part{.month = month,
                         .number = number_text.empty() ? 1 : parse_number<int>(number_text).value_or(0),
                         .places = places_text.empty() ? 0 : parse_number<int>(places_text).value_or(0)};
  // One document, one address: the first part is the month's own.
  if (!number_text.empty() && part.number < 2) return std::nullopt;
  if (!places_text.empty() && (part.places < 1 || part.places > kPostsInPart)) return std::nullopt;
  const auto posts = count_in(db, month, now);
  const auto here = posts - (part.number - 1) * kPostsInPart;
  if (here < std::max<std::int64_t>(part.places, 1)) return std::nullopt;
  return part.places > 0 || is_finished(part, posts, now) ? std::optional(part) : std::nullopt;
}

std::optional<ArchivePart> newest_part(store::Reader& db, sys_seconds now) {
  return newest_part_before(db, now + kOneSecond, now);
}

std::optional<ArchivePart> part_before(store::Reader& db, const ArchivePart& part, sys_seconds now) {
  if (part.number == 1) return newest_part_before(db, start_of(part.month), now);
  ArchivePart before{.month = part.month, .number = part.number - 1};
  if (!is_finished(before, before.number * kPostsInPart, now)) before.places = kPostsInPart;
  return before;
}

std::vector<store::RiverEntry> posts_of(store::Reader& db, const ArchivePart& part, sys_seconds now) {
  return store::appeared(db, {.from = start_of(part.month),
                              .until = end_of(part.month, now),
                              .skip = (part.number - 1) * kPostsInPart,
                              .limit = part.places > 0 ? static_cast<int>(part.places) : kPostsInPart});
}

std::string archive_path(const ArchivePart& part) {
  auto path = fmt::format("/archive/{:04}/{:02}.atom", static_cast<int>(part.month.year()),
                          static_cast<unsigned>(part.month.month()));
  if (part.number > 1) path += fmt::format("?part={}", part.number);
  if (part.places > 0) path += fmt::format("{}posts={}", part.number > 1 ? "&" : "?", part.places);
  return path;
}

}  // namespace voice::server
