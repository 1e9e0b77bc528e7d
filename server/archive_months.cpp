#include "server/archive_months.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"
#include "base/time.h"
#include "store/river.h"

namespace voice::server {
namespace {

constexpr std::chrono::days kLateArrivals{7};

Month month_of(sys_seconds t) {
  const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(london(t))};
  return day.year() / day.month();
}

int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

}  // namespace

std::optional<Month> parse_month(std::string_view year, std::string_view month) {
  if (year.size() != 4 || month.size() != 2) return std::nullopt;
  if (!std::ranges::all_of(year, is_digit) || !std::ranges::all_of(month, is_digit)) return std::nullopt;
  const Month parsed = std::chrono::year{number(year)} / std::chrono::month{static_cast<unsigned>(number(month))};
  if (!parsed.ok() || number(year) < 1990 || number(year) > 2199) return std::nullopt;
  return parsed;
}

sys_seconds start_of(Month month) { return london_midnight(month / std::chrono::day{1}); }

bool is_closed(Month month, sys_seconds now) { return start_of(month + std::chrono::months(1)) + kLateArrivals <= now; }

std::optional<Month> month_with_posts_before(store::Reader& db, Month month, sys_seconds now) {
  const auto older = store::river(db, {.filter = store::AllEntries{},
                                       .now = now,
                                       .before = store::Cursor{.river_at = start_of(month), .id = EntryId{1}},
                                       .limit = 1});
  if (older.empty()) return std::nullopt;
  return month_of(older.front().river_at);
}

std::optional<Month> newest_closed_month(store::Reader& db, sys_seconds now) {
  Month open = month_of(now);
  while (is_closed(open - std::chrono::months(1), now) == false) open -= std::chrono::months(1);
  return month_with_posts_before(db, open, now);
}

std::string archive_stem(Month month) {
  return fmt::format("/archive/{:04}/{:02}", static_cast<int>(month.year()), static_cast<unsigned>(month.month()));
}

}  // namespace voice::server
