#include "fetcher/pacing.h"

#include <doctest/doctest.h>
#include <vector>

#include "base/time.h"
#include "fetcher/back_off.h"

using namespace voice;
using namespace voice::fetcher;
using namespace std::chrono;

namespace {

const sys_seconds kNow = sys_days{2026y / November / 28} + 18h + 30min;  // a Saturday

PacingRules rules() { return {.first = 1h, .floor = 10min, .longest = 24h, .jitter = 0}; }

seconds wait_of(const PacingFacts& facts, const PacingRules& with = rules()) {
  SeededTokens chance(7);
  return next_poll(facts, kNow, with, chance) - kNow - 1s;
}

Headers headers(std::initializer_list<std::pair<const char*, std::string>> lines) {
  Headers out;
  for (const auto& [name, value] : lines) out.add(name, value);
  return out;
}

std::vector<sys_seconds> every(seconds gap, int posts, sys_seconds newest = kNow - 1h) {
  std::vector<sys_seconds> dates;
  for (int i = 0; i < posts; ++i) dates.push_back(newest - gap * i);
  return dates;
}

}  // namespace

TEST_CASE("the pace follows how often a blog is written") {
  const struct {
    const char* name;
    std::vector<sys_seconds> posts;
    seconds expected;
  } cases[] = {
      {"nothing known", {}, 1h},
      {"one post", every(1h, 1), 1h},
      {"every six hours", every(6h, 10), 1h},
      {"twice a day", every(12h, 10), 2h},
      {"once a week", every(days{7}, 10), 24h},
      {"every minute", every(1min, 10), 30min},
      {"only the newest ten count", every(12h, 50), 2h},
      {"a date in the future is left out", {kNow + days{300}, kNow - 1h, kNow - 13h}, 2h},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    CHECK(adaptive_interval(c.posts, kNow, rules()) == c.expected);
  }
}

TEST_CASE("the longest of everything that asks us to wait wins") {
  const struct {
    const char* name;
    PacingFacts facts;
    seconds expected;
  } cases[] = {
      {"our own pace", {.adaptive = 2h}, 2h},
      {"never below the floor", {.adaptive = 1min}, 10min},
      {"max-age", {.adaptive = 1h, .server = {.fresh_for = 3h}}, 3h},
      {"a short max-age changes nothing", {.adaptive = 1h, .server = {.fresh_for = 1min}}, 1h},
      {"ttl", {.adaptive = 1h, .document_hint = 6h}, 6h},
      {"a ttl of a month is capped at a day", {.adaptive = 1h, .document_hint = days{30}}, 24h},
      {"Retry-After with a 200", {.adaptive = 1h, .server = {.retry_after = days{3}}}, days{3}},
      {"no validators", {.adaptive = 1h, .has_validators = false}, 4h},
      {"no validators and a large body", {.adaptive = 1h, .has_validators = false, .body_bytes = 300 << 10}, 24h},
      {"a year of silence", {.adaptive = 24h, .newest_post = kNow - days{400}}, 72h},
      {"a hub tells us of news", {.adaptive = 1h, .push_active = true}, 12h},
      {"a hub, but a day at most", {.adaptive = 6h, .push_active = true}, 24h},
      {"a redirect is being watched", {.adaptive = 1h, .move_pending = true}, 2h},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    CHECK(wait_of(c.facts) == c.expected);
  }
}

TEST_CASE("jitter only adds, and at most its share") {
  auto with = rules();
  with.jitter = 0.25;
  SeededTokens chance(3);
  seconds least = days{9};
  seconds most{0};
  for (int i = 0; i < 500; ++i) {
    const auto wait = next_poll({.adaptive = 1h}, kNow, with, chance) - kNow - 1s;
    least = std::min<seconds>(least, wait);
    most = std::max<seconds>(most, wait);
  }
  CHECK(least >= 1h);
  CHECK(least < 1h + 1min);
  CHECK(most > 1h + 13min);
  CHECK(most <= 1h + 15min);
}

TEST_CASE("skipHours and skipDays push a poll on, in UTC, by a day at most") {
  const std::uint32_t evening = (1U << 18U) | (1U << 19U);
  const struct {
    const char* name;
    std::uint32_t hours;
    std::uint8_t days_;
    sys_seconds expected;
  } cases[] = {
      {"none", 0, 0, kNow},
      {"another hour", 1U << 3U, 0, kNow},
      {"this hour and the next", evening, 0, floor<days>(kNow) + 20h},
      {"today", 0, 1U << 6U, sys_days{2026y / November / 29}},
      {"today and midnight's hour", 1U, 1U << 6U, sys_days{2026y / November / 29} + 1h},
      {"always", 0xFFFFFFU, 0, kNow + 24h},
      {"every day", 0, 0x7F, kNow + 24h},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    CHECK(outside_skipped(kNow, c.hours, c.days_) == c.expected);
  }
}

TEST_CASE("a response's header says how long it is fresh and when to come back") {
  const struct {
    const char* name;
    Headers headers;
    seconds fresh;
    std::optional<seconds> retry;
  } cases[] = {
      {"nothing", {}, 0s, {}},
      {"max-age", headers({{"Cache-Control", "public, max-age=600"}}), 10min, {}},
      {"max-age in quotes and capitals", headers({{"cache-control", "Max-Age=\"600\""}}), 10min, {}},
      {"max-age less Age", headers({{"Cache-Control", "max-age=600"}, {"Age", "200"}}), 400s, {}},
      {"max-age wins over Expires",
       headers({{"Cache-Control", "max-age=60"}, {"Expires", rfc822(kNow + 5h)}}),
       1min,
       {}},
      {"Expires", headers({{"Expires", rfc822(kNow + 2h)}}), 2h, {}},
      {"Expires in the past", headers({{"Expires", "Thu, 01 Jan 1970 00:00:00 GMT"}}), 0s, {}},
      {"Expires is not a date", headers({{"Expires", "0"}}), 0s, {}},
      {"sixteen years", headers({{"Cache-Control", "max-age=504576000"}}), 24h, {}},
      {"more than fits", headers({{"Cache-Control", "max-age=99999999999999999999"}}), 24h, {}},
      {"s-maxage is for proxies", headers({{"Cache-Control", "s-maxage=600"}}), 0s, {}},
      {"no-cache", headers({{"Cache-Control", "no-cache, no-store"}}), 0s, {}},
      {"Retry-After in seconds", headers({{"Retry-After", "120"}}), 0s, 120s},
      {"Retry-After as a date", headers({{"Retry-After", rfc822(kNow + 3h)}}), 0s, 3h},
      {"Retry-After 0 is a minute", headers({{"Retry-After", "0"}}), 0s, 60s},
      {"Retry-After of a year is a week", headers({{"Retry-After", "31536000"}}), 0s, days{7}},
      {"Retry-After that is neither", headers({{"Retry-After", "soon"}}), 0s, {}},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    const auto hints = read_server_hints(c.headers, kNow);
    CHECK(hints.fresh_for == c.fresh);
    CHECK(hints.retry_after == c.retry);
  }
}

TEST_CASE("failures double the wait, by kind, and nothing is dead but what is gone") {
  const struct {
    const char* name;
    FailureFacts facts;
    std::optional<seconds> expected;
  } cases[] = {
      {"the first timeout", {.kind = FailureClass::timed_out, .failures = 1, .interval = 1h}, 2h},
      {"the third", {.kind = FailureClass::timed_out, .failures = 3, .interval = 1h}, 8h},
      {"the fiftieth", {.kind = FailureClass::server_error, .failures = 50, .interval = 1h}, 24h},
      {"404 grows to a week", {.kind = FailureClass::not_found, .failures = 50, .interval = 1h}, days{7}},
      {"no such name, too", {.kind = FailureClass::name_not_found, .failures = 50, .interval = 1h}, days{7}},
      {"our own resolver is down", {.kind = FailureClass::dns, .failures = 50, .interval = 1h}, 24h},
      {"not below the floor", {.kind = FailureClass::connect, .failures = 1, .interval = 1s}, 20min},
      {"429 without a word", {.kind = FailureClass::rate_limited, .failures = 1, .interval = 30min}, 1h},
      {"and again", {.kind = FailureClass::rate_limited, .failures = 3, .interval = 30min}, 4h},
      {"429 with Retry-After",
       {.kind = FailureClass::rate_limited, .failures = 1, .interval = 1h, .retry_after = days{1}},
       24h},
      {"the first 410", {.kind = FailureClass::gone, .failures = 1, .interval = 1h}, 24h},
      {"the second", {.kind = FailureClass::gone, .failures = 2, .interval = 1h}, std::nullopt},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    CHECK(back_off(c.facts, rules()) == c.expected);
  }
}
