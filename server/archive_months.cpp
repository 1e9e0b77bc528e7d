#include "server/archive_months.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"
#include "base/time.h"
#include "store/archive.h"

namespace voice::server {
namespace {

using std::chrono::months;

constexpr std::chrono::seconds kOneSecond{1};

Month month_of(sys_seconds t) {
  const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(london(t))};
  return day.year() / day.month();
}

// Up to nine digits; 0 for anything else.
int number(std::string_view digits) {
  if (digits.size() > 9 || !std::ranges::all_of(digits, is_digit)) return 0;
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

// What is dated ahead has not appeared, though its moment may be in this month.
sys_seconds end_of(Month month, sys_seconds now) { return std::min(start_of(month + months(1)), now + kOneSecond); }

std::int64_t parts_of(store::Reader& db, Month month, sys_seconds now) {
  const auto posts = store::count_appeared(db, start_of(month), end_of(month, now));
  return (posts + kPostsInPart - 1) / kPostsInPart;
}

std::optional<ArchivePart> newest_part_before(store::Reader& db, sys_seconds t, sys_seconds now) {
  const auto last = store::last_appeared_before(db, t);
  if (!last) return std::nullopt;
  const auto month = month_of(*last);
  return ArchivePart{.month = month, .number = parts_of(db, month, now)};
}

}  // namespace

std::optional<Month> parse_month(std::string_view year, std::string_view month) {
  if (year.size() != 4 || month.size() != 2) return std::nullopt;
  const Month parsed = std::chrono::year{number(year)} / std::chrono::month{static_cast<unsigned>(number(month))};
  if (!parsed.ok() || number(year) < 1990 || number(year) > 2199) return std::nullopt;
  return parsed;
}

sys_seconds start_of(Month month) { return london_midnight(month / std::chrono::day{1}); }

bool is_over(Month month, sys_seconds now) { return start_of(month + months(1)) <= now; }

std::optional<ArchivePart> find_part(store::Reader& db, Month month, std::string_view number_text, sys_seconds now) {
  const auto wanted = number_text.empty() ? 1 : number(number_text);
  // One document, one address: the first part is the month's own.
  if (!number_text.empty() && wanted < 2) return std::nullopt;
  if (wanted > parts_of(db, month, now)) return std::nullopt;
  return ArchivePart{.month = month, .number = wanted};
}

std::optional<ArchivePart> newest_part(store::Reader& db, sys_seconds now) {
  return newest_part_before(db, now + kOneSecond, now);
}

std::optional<ArchivePart> part_before(store::Reader& db, const ArchivePart& part, sys_seconds now) {
  if (part.number > 1) return ArchivePart{.month = part.month, .number = part.number - 1};
  return newest_part_before(db, start_of(part.month), now);
}

std::optional<ArchivePart> part_after(store::Reader& db, const ArchivePart& part, sys_seconds now) {
  if (part.number < parts_of(db, part.month, now)) return ArchivePart{.month = part.month, .number = part.number + 1};
  const auto next = store::first_appeared_from(db, start_of(part.month + months(1)), now);
  if (!next) return std::nullopt;
  return ArchivePart{.month = month_of(*next), .number = 1};
}

std::vector<store::RiverEntry> posts_of(store::Reader& db, const ArchivePart& part, sys_seconds now) {
  return store::appeared(db, {.from = start_of(part.month),
                              .until = end_of(part.month, now),
                              .skip = (part.number - 1) * kPostsInPart,
                              .limit = kPostsInPart});
}

std::string archive_path(const ArchivePart& part) {
  const auto path = fmt::format("/archive/{:04}/{:02}.atom", static_cast<int>(part.month.year()),
                                static_cast<unsigned>(part.month.month()));
  return part.number == 1 ? path : fmt::format("{}?part={}", path, part.number);
}

}  // namespace voice::server
