// base/time.h - times as text: for machines in UTC, for people in Europe/London.
//
// The two compilers have no time-zone library. The United Kingdom's rule is one line of law (summer time from 01:00 UTC on
// the last Sunday of March to 01:00 UTC on the last Sunday of October, since 1996), so it stands here.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace voice {

std::string rfc3339(sys_seconds t);  ///< "2024-02-29T09:00:00Z"
std::string rfc822(sys_seconds t);   ///< "Thu, 29 Feb 2024 09:00:00 GMT"; also the form of HTTP dates (RFC 9110, 5.6.7)

/// Reads the IMF-fixdate form of HTTP only; feeds have feeds/date.h.
std::optional<sys_seconds> parse_http_date(std::string_view text);

/// The London wall clock at `t`, as if it were UTC: format it, never compute with it.
sys_seconds london(sys_seconds t);
/// The instant at which the London day that contains `t` begins.
sys_seconds london_day_start(sys_seconds t);
/// The instant at which a London calendar day begins.
sys_seconds london_midnight(std::chrono::year_month_day day);

std::string day_in_words(sys_seconds t);     ///< "Saturday 28 November 2026", London
std::string date_in_words(sys_seconds t);    ///< "28 November 2026", London
std::string time_in_words(sys_seconds t);    ///< "5:48pm", "midday", "midnight", London
std::string moment_in_words(sys_seconds t);  ///< "28 November 2026, 5:48pm", London
std::string iso_day(sys_seconds t);          ///< "2026-11-28", London

}  // namespace voice
