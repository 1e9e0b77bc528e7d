#include "base/time.h"

#include <doctest/doctest.h>

using namespace voice;
using namespace std::chrono;

TEST_CASE("pages show the London clock, summer and winter") {
  CHECK(time_in_words(sys_days{2026y / July / 1} + 16h + 48min) == "5:48pm");
  CHECK(time_in_words(sys_days{2026y / January / 1} + 12h) == "midday");
  CHECK(day_in_words(sys_days{2026y / November / 28}) == "Saturday 28 November 2026");
  CHECK(iso_day(sys_days{2026y / July / 1} + 23h + 30min) == "2026-07-02");
}

TEST_CASE("the clocks change at 01:00 UTC on the last Sundays of March and October") {
  CHECK(london(sys_days{2026y / March / 29} + 59min) == sys_days{2026y / March / 29} + 59min);
  CHECK(london(sys_days{2026y / March / 29} + 1h) == sys_days{2026y / March / 29} + 2h);
  CHECK(london(sys_days{2026y / October / 25} + 1h) == sys_days{2026y / October / 25} + 1h);
}

TEST_CASE("a London day begins at its own midnight") {
  CHECK(london_day_start(sys_days{2026y / July / 1} + 12h) == sys_days{2026y / June / 30} + 23h);
  CHECK(london_midnight(2026y / March / 29) == sys_days{2026y / March / 29});
  CHECK(london_midnight(2026y / March / 30) == sys_days{2026y / March / 29} + 23h);
  CHECK(london_midnight(2026y / October / 26) == sys_days{2026y / October / 26});
}

TEST_CASE("HTTP dates are read and written in their one form") {
  const auto t = sys_days{2024y / February / 29} + 9h;
  CHECK(rfc822(t) == "Thu, 29 Feb 2024 09:00:00 GMT");
  CHECK(parse_http_date(rfc822(t)) == t);
  CHECK_FALSE(parse_http_date("Thu, 30 Feb 2024 09:00:00 GMT"));
  CHECK_FALSE(parse_http_date("2024-02-29"));
}
