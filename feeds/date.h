// feeds/date.h - turns the dates people really put in feeds into UTC seconds.
//
// RSS 2.0 promises RFC 822 dates, Atom promises RFC 3339 (RFC 4287, 3.3); blogs send both, either way round, without
// zones, with two-digit years or in their own language. We accept text that has one plausible reading and refuse the
// rest: a wrong date reorders the river for everybody, a missing one only costs an entry its place.
#pragma once
#include <chrono>
#include <string_view>

#include "base/result.h"

namespace voice::feeds {

/// Reads one date. `text` is UTF-8 and may have spaces around it; a date with no zone is taken as UTC, a day with no
/// time as its midnight. Fractions of a second are dropped.
/// Errors: malformed (no reading, or more than one), unsupported (outside the years 1970 to 2199).
Result<std::chrono::sys_seconds> parse_date(std::string_view text);

}  // namespace voice::feeds
