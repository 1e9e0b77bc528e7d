// server/periods.h - days and months as addresses: "/2026/11/28", "/2026/11".
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace voice::server {

struct Period {
  sys_seconds from{};
  sys_seconds until{};  ///< exclusive
  std::string words;    ///< "Saturday 28 November 2026", "November 2026"
  bool is_day = false;
};

/// The London day or month that a path names, if it has begun by `now`; nothing before the web was there to write on.
std::optional<Period> parse_period(std::string_view path, sys_seconds now);

}  // namespace voice::server
