#include "fetcher/host_limiter.h"

#include <doctest/doctest.h>

using namespace voice::fetcher;
using namespace std::chrono_literals;

namespace {
const HostLimiter::Time kStart = HostLimiter::Time{} + 1000h;
}

TEST_CASE("one request at a time to a host, and a second between two") {
  HostLimiter limiter;
  limiter.add(1, "a.example", kStart);
  limiter.add(2, "a.example", kStart);
  limiter.add(3, "b.example", kStart);
  CHECK(limiter.next(kStart)->ticket == 1);
  CHECK(limiter.next(kStart)->ticket == 3);
  CHECK_FALSE(limiter.next(kStart));
  limiter.finished("a.example", {}, kStart + 200ms);
  CHECK_FALSE(limiter.next(kStart + 900ms));
  CHECK(limiter.next_event() <= kStart + 1s);
  CHECK(limiter.next(kStart + 1s)->ticket == 2);
  CHECK(limiter.waiting() == 0);
}

TEST_CASE("a stalled transfer lets one more by, and no third") {
  HostLimiter limiter;
  for (int i = 1; i <= 3; ++i) limiter.add(i, "a.example", kStart);
  CHECK(limiter.next(kStart)->ticket == 1);
  CHECK_FALSE(limiter.next(kStart + 4s));
  CHECK(limiter.next(kStart + 5s)->ticket == 2);
  CHECK_FALSE(limiter.next(kStart + 60s));
  limiter.finished("a.example", {}, kStart + 60s);
  CHECK(limiter.next(kStart + 60s)->ticket == 3);
}

TEST_CASE("an address shared by many names is one machine") {
  HostLimiter limiter;
  limiter.add(1, "a.example", kStart);
  limiter.add(2, "b.example", kStart);
  REQUIRE(limiter.next(kStart));
  REQUIRE(limiter.next(kStart));
  CHECK(limiter.grant_address("a.example", "192.0.2.1", kStart));
  CHECK_FALSE(limiter.grant_address("b.example", "192.0.2.1", kStart));
  CHECK(limiter.grant_address("b.example", "192.0.2.2", kStart));
  limiter.finished("b.example", "192.0.2.2", kStart);
  limiter.add(2, "b.example", kStart);

  limiter.finished("a.example", "192.0.2.1", kStart + 100ms);
  CHECK_FALSE(limiter.grant_address("b.example", "192.0.2.1", kStart + 500ms));
  CHECK(limiter.grant_address("b.example", "192.0.2.1", kStart + 1s));
}

TEST_CASE("a request whose address is busy comes back later, first in its line") {
  HostLimiter limiter;
  limiter.add(1, "a.example", kStart);
  limiter.add(2, "b.example", kStart);
  limiter.add(3, "b.example", kStart);
  REQUIRE(limiter.next(kStart)->ticket == 1);
  REQUIRE(limiter.next(kStart)->ticket == 2);
  REQUIRE(limiter.grant_address("a.example", "192.0.2.1", kStart));
  REQUIRE_FALSE(limiter.grant_address("b.example", "192.0.2.1", kStart));
  limiter.put_back(2, "b.example", "192.0.2.1", kStart);
  CHECK(limiter.waiting() == 2);
  CHECK_FALSE(limiter.next(kStart + 500ms));
  CHECK(limiter.next(kStart + 1100ms)->ticket == 2);
}

TEST_CASE("a host with a long line leaves a machine it shares to whoever was turned away") {
  HostLimiter limiter;
  for (int i = 1; i <= 50; ++i) limiter.add(i, "many.example", kStart);
  int served_before = 0;
  for (auto now = kStart; now < kStart + 10s; now += 10ms) {
    if (now == kStart + 100ms) limiter.add(100, "few.example", now);
    while (const auto turn = limiter.next(now)) {
      if (!limiter.grant_address(turn->host, "192.0.2.1", now)) {
        limiter.put_back(turn->ticket, turn->host, "192.0.2.1", now);
        continue;
      }
      limiter.finished(turn->host, "192.0.2.1", now);
      if (turn->ticket == 100)
        now = kStart + 10s;
      else
        ++served_before;
    }
  }
  CHECK(limiter.waiting() + static_cast<std::size_t>(served_before) == 50);  // all but the one of few.example
  CHECK(served_before <= 3);
}

TEST_CASE("a host that asked for quiet is left alone until then") {
  HostLimiter limiter;
  limiter.pause("a.example", kStart + 120s, kStart);
  limiter.add(1, "a.example", kStart);
  CHECK_FALSE(limiter.next(kStart + 119s));
  CHECK(limiter.next(kStart + 120s)->ticket == 1);
}

TEST_CASE("the hops of chains that have begun go before those that wait, in their order") {
  HostLimiter limiter;
  limiter.add(1, "a.example", kStart);
  limiter.add(2, "a.example", kStart, true);
  limiter.add(3, "a.example", kStart, true);
  for (const int expected : {2, 3, 1}) {
    const auto now = kStart + std::chrono::seconds{10 * expected + (expected == 1 ? 100 : 0)};
    CHECK(limiter.next(now)->ticket == expected);
    limiter.finished("a.example", {}, now);
  }
}

TEST_CASE("twenty thousand hosts are served in order, each once") {
  HostLimiter limiter;
  for (int i = 0; i < 20'000; ++i) limiter.add(i, "h" + std::to_string(i), kStart);
  int served = 0;
  while (const auto turn = limiter.next(kStart)) {
    limiter.finished(turn->host, "10.0." + std::to_string(served), kStart);
    ++served;
  }
  CHECK(served == 20'000);
  CHECK(limiter.waiting() == 0);
  CHECK_FALSE(limiter.next(kStart + 1h));
  CHECK_FALSE(limiter.next_event());
}
