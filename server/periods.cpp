#include "server/periods.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "base/time.h"

namespace voice::server {
namespace {

using namespace std::chrono;

constexpr year kFirst{1995};

std::optional<int> number_of(std::string_view text, std::size_t digits) {
  if (text.size() != digits || !std::ranges::all_of(text, is_digit)) return std::nullopt;
  int n = 0;
  for (const char c : text) n = n * 10 + (c - '0');
  return n;
}

std::optional<year_month> month_of(std::string_view year_text, std::string_view month_text) {
  const auto y = number_of(year_text, 4), m = number_of(month_text, 2);
  if (!y || !m) return std::nullopt;
  const year_month found = year{*y} / month{static_cast<unsigned>(*m)};
  return found.ok() && found.year() >= kFirst ? std::optional(found) : std::nullopt;
}

Period day_at(year_month_day date) {
  const auto from = london_midnight(date);
  return {.from = from,
          .until = london_midnight(year_month_day{sys_days{date} + days{1}}),
          .words = day_in_words(from + hours{12}),
          .is_day = true};
}

Period month_at(year_month month) {
  const auto from = london_midnight(month / 1);
  const auto words = date_in_words(from + hours{12});
  return {.from = from,
          .until = london_midnight((month + months{1}) / 1),
          .words = words.substr(words.find(' ') + 1),
          .is_day = false};
}

}  // namespace

std::optional<Period> parse_period(std::string_view path, sys_seconds now) {
  if (!path.starts_with('/')) return std::nullopt;
  const auto parts = split(path.substr(1), '/');
  if (parts.size() != 2 && parts.size() != 3) return std::nullopt;
  const auto month = month_of(parts[0], parts[1]);
  if (!month) return std::nullopt;
  if (parts.size() == 2) {
    auto period = month_at(*month);
    return period.from <= now ? std::optional(std::move(period)) : std::nullopt;
  }
  const auto d = number_of(parts[2], 2);
  const auto date = *month / day{static_cast<unsigned>(d.value_or(0))};
  if (!date.ok()) return std::nullopt;
  auto period = day_at(date);
  return period.from <= now ? std::optional(std::move(period)) : std::nullopt;
}

}  // namespace voice::server
