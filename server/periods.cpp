#include "server/periods.h"

#include <algorithm>
#include <vector>

#include "base/numbers.h"
#include "base/text.h"
#include "base/time.h"

namespace voice::server {
namespace {

using namespace std::chrono;

constexpr year kFirst{1995};

// Padded with zeroes, so that a day has one address.
std::optional<unsigned> number_of(std::string_view text, std::size_t digits) {
  return text.size() == digits ? parse_number<unsigned>(text) : std::nullopt;
}

std::string words_for(year_month_day first, Period::Length length) {
  const auto noon = london_midnight(first) + hours{12};
  if (length == Period::Length::day) return day_in_words(noon);
  const auto words = date_in_words(noon);  // "1 November 2026"
  return words.substr(length == Period::Length::month ? words.find(' ') + 1 : words.rfind(' ') + 1);
}

year_month_day end_of(year_month_day first, Period::Length length) {
  switch (length) {
    case Period::Length::year: return first + years{1};
    case Period::Length::month: return first + months{1};
    case Period::Length::day: break;
  }
  return sys_days{first} + days{1};
}

}  // namespace

std::optional<Period> parse_period(std::string_view path, sys_seconds now) {
  if (!path.starts_with('/')) return std::nullopt;
  const auto parts = split(path.substr(1), '/');
  if (parts.size() > 3) return std::nullopt;
  const auto y = number_of(parts[0], 4);
  const auto m = parts.size() > 1 ? number_of(parts[1], 2) : 1U, d = parts.size() > 2 ? number_of(parts[2], 2) : 1U;
  if (!y || !m || !d) return std::nullopt;
  const auto first = year{static_cast<int>(*y)} / month{*m} / day{*d};
  if (!first.ok() || first.year() < kFirst || london_midnight(first) > now) return std::nullopt;
  const auto length = parts.size() == 1   ? Period::Length::year
                      : parts.size() == 2 ? Period::Length::month
                                          : Period::Length::day;
  return Period{.length = length,
                .first = first,
                .from = london_midnight(first),
                .until = london_midnight(end_of(first, length)),
                .words = words_for(first, length)};
}

}  // namespace voice::server
