// server/periods.h - days, months and years as addresses: "/2026/11/28", "/2026/11", "/2026".
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace voice::server {

struct Period {
  enum class Length { year, month, day };
  Length length = Length::day;
  std::chrono::year_month_day first;  ///< in London
  sys_seconds from{};
  sys_seconds until{};  ///< exclusive
  std::string words;    ///< "Saturday 28 November 2026", "November 2026", "2026"
};

/// The London day, month or year that a path names, if it has begun by `now`; nothing before the web was there to write on.
std::optional<Period> parse_period(std::string_view path, sys_seconds now);

}  // namespace voice::server
