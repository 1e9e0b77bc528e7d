#include "fetcher/host_limiter.h"

#include <algorithm>
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

TEST_CASE("a domain is never asked twice at once, however long the first takes") {
  HostLimiter limiter;
  for (int i = 1; i <= 2; ++i) limiter.add(i, "a.example", kStart);
  CHECK(limiter.next(kStart)->ticket == 1);
  CHECK_FALSE(limiter.next(kStart + 60s));
  CHECK_FALSE(limiter.next_event());
  limiter.finished("a.example", {}, kStart + 60s);
  CHECK(limiter.next(kStart + 60s)->ticket == 2);
}

TEST_CASE("an address held by a blog that hangs lets one stranger by, and no third") {
  HostLimiter limiter;
  const std::string shared = "192.0.2.1";
  for (const char* host : {"hangs.example", "b.example", "c.example"}) {
    limiter.add(host[0], host, kStart);
    REQUIRE(limiter.next(kStart)->host == host);
    const bool granted = limiter.grant_address(host, shared, kStart);
    CHECK(granted == (host[0] == 'h'));
    if (!granted) limiter.turned_away(host[0], host, shared, {}, kStart);
  }
  CHECK_FALSE(limiter.next(kStart + 4999ms));
  CHECK(limiter.next_event() == kStart + 5s);
  REQUIRE(limiter.next(kStart + 5s)->host == "b.example");
  CHECK(limiter.grant_address("b.example", shared, kStart + 5s));
  CHECK_FALSE(limiter.next(kStart + 50s));

  limiter.finished("b.example", {shared}, kStart + 50s);
  REQUIRE(limiter.next(kStart + 50s)->host == "c.example");
  CHECK(limiter.grant_address("c.example", shared, kStart + 50s));
  limiter.add(2, "hangs.example", kStart + 50s);
  CHECK_FALSE(limiter.next(kStart + 59s));
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
  limiter.finished("b.example", {"192.0.2.2"}, kStart);
  limiter.add(2, "b.example", kStart);

  limiter.finished("a.example", {"192.0.2.1"}, kStart + 100ms);
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
  limiter.turned_away(2, "b.example", "192.0.2.1", {}, kStart);
  CHECK(limiter.waiting() == 2);
  CHECK_FALSE(limiter.next(kStart + 500ms));
  limiter.finished("a.example", {"192.0.2.1"}, kStart + 600ms);
  CHECK_FALSE(limiter.next(kStart + 999ms));
  CHECK(limiter.next(kStart + 1s)->ticket == 2);
}

TEST_CASE("a host with a long line leaves a machine it shares to whoever was turned away") {
  HostLimiter limiter;
  for (int i = 1; i <= 50; ++i) limiter.add(i, "many.example", kStart);
  int served_before = 0;
  for (auto now = kStart; now < kStart + 10s; now += 10ms) {
    if (now == kStart + 100ms) limiter.add(100, "few.example", now);
    while (const auto turn = limiter.next(now)) {
      if (!limiter.grant_address(turn->host, "192.0.2.1", now)) {
        limiter.turned_away(turn->ticket, turn->host, "192.0.2.1", {}, now);
        continue;
      }
      limiter.finished(turn->host, {"192.0.2.1"}, now);
      if (turn->ticket == 100)
        now = kStart + 10s;
      else
        ++served_before;
    }
  }
  CHECK(limiter.waiting() + static_cast<std::size_t>(served_before) == 50);  // all but the one of few.example
  CHECK(served_before <= 3);
}

TEST_CASE(
    "hosts that share an address are served in the order they came, each asked for once more and not again and again") {
  HostLimiter limiter;
  const std::string shared = "192.0.2.1";
  constexpr int kHosts = 50;
  for (int i = 0; i < kHosts; ++i) limiter.add(i, "h" + std::to_string(100 + i), kStart);
  std::vector<HostLimiter::Ticket> served;
  int turned_away = 0;
  for (auto now = kStart; now <= kStart + 60s; now += 100ms) {
    while (const auto turn = limiter.next(now)) {
      if (limiter.grant_address(turn->host, shared, now)) {
        served.push_back(turn->ticket);
        limiter.finished(turn->host, {shared}, now + 10ms);
      } else {
        ++turned_away;
        limiter.turned_away(turn->ticket, turn->host, shared, {}, now);
      }
    }
  }
  CHECK(served.size() == kHosts);
  CHECK(std::is_sorted(served.begin(), served.end()));
  CHECK(turned_away == kHosts - 1);
}

TEST_CASE("who was called in a line and went elsewhere, or was told to wait, holds up nobody behind") {
  HostLimiter limiter;
  const std::string shared = "192.0.2.1";
  for (const char* host : {"a.example", "b.example", "c.example", "d.example"}) {
    limiter.add(host[0], host, kStart);
    REQUIRE(limiter.next(kStart));
    if (!limiter.grant_address(host, shared, kStart)) limiter.turned_away(host[0], host, shared, {}, kStart);
  }
  limiter.finished("a.example", {shared}, kStart + 1s);
  REQUIRE(limiter.next(kStart + 1s)->host == "b.example");
  CHECK_FALSE(limiter.grant_address("e.example", shared, kStart + 1s));
  CHECK_FALSE(limiter.next(kStart + 1s));
  limiter.finished("b.example", {"192.0.2.2"}, kStart + 2s);
  limiter.pause("c.example", kStart + 1h, kStart + 2s);
  REQUIRE(limiter.next(kStart + 2s)->host == "d.example");
  CHECK(limiter.grant_address("d.example", shared, kStart + 2s));
  limiter.finished("d.example", {shared}, kStart + 3s);
  CHECK(limiter.next(kStart + 1h)->host == "c.example");
}

TEST_CASE("an address that was granted beside the busy one is free again at once") {
  HostLimiter limiter;
  for (const char* host : {"a.example", "b.example", "c.example"}) limiter.add(host[0], host, kStart);
  while (limiter.next(kStart)) {}
  REQUIRE(limiter.grant_address("a.example", "192.0.2.1", kStart));
  REQUIRE(limiter.grant_address("b.example", "2001:db8::1", kStart));
  limiter.turned_away('b', "b.example", "192.0.2.1", {"2001:db8::1"}, kStart);
  CHECK(limiter.grant_address("c.example", "2001:db8::1", kStart + 1s));
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
    limiter.finished(turn->host, {"10.0." + std::to_string(served)}, kStart);
    ++served;
  }
  CHECK(served == 20'000);
  CHECK(limiter.waiting() == 0);
  CHECK_FALSE(limiter.next(kStart + 1h));
  CHECK_FALSE(limiter.next_event());
}
