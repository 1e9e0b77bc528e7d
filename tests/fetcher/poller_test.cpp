#include "fetcher/poller.h"

#include <atomic>
#include <doctest/doctest.h>

#include "store/hub_subscribers.h"
#include "tests/fetcher/poll_bench.h"
#include "tests/fetcher/tiny_origin.h"

using namespace voice;
using namespace voice::testing;
using std::chrono::hours;
using std::chrono::minutes;

TEST_CASE("a first poll stores the posts, the validators and the time of the next poll") {
  TinyOrigin origin([](const Seen&) {
    return ok(rss(rss_item("1", "First") + rss_item("2", "Second")),
              "ETag: \"v1\"\r\nContent-Type: application/rss+xml\r\n");
  });
  PollBench bench;
  const auto feed = bench.add(origin.url("/feed"));
  const auto figures = bench.poll({feed});
  CHECK(figures.done == 1);
  CHECK(figures.entries_added == 2);
  CHECK(bench.titles() == std::vector<std::string>{"First", "Second"});
  const auto state = bench.state(feed);
  CHECK(state.etag == "\"v1\"");
  CHECK(state.last_status == 200);
  CHECK(state.failures == 0);
  REQUIRE(state.next_fetch);
  CHECK(*state.next_fetch > bench.clock.now() + minutes{30});
  CHECK(origin.seen().at(0).has("User-Agent: voice/"));
  CHECK(
      origin.seen().at(0).has("(+https://hub.example/bot; 1 subscriber; feed-id=" + std::to_string(feed.value) + ")"));
}

TEST_CASE("the next poll is conditional, and 304 keeps everything") {
  TinyOrigin origin([](const Seen& seen) {
    return seen.has("If-None-Match: W/\"odd,'\\x\"")
               ? status(304)
               : ok(rss(rss_item("1", "Only")), "ETag: W/\"odd,'\\x\"\r\nLast-Modified: whenever\r\n");
  });
  PollBench bench;
  const auto feed = bench.add(origin.url("/feed"));
  bench.poll({feed});
  bench.clock.advance(hours{1});
  const auto figures = bench.poll({feed});
  CHECK(figures.not_modified == 1);
  CHECK(origin.seen().at(1).has("If-Modified-Since: whenever"));
  CHECK(bench.titles().size() == 1);
  CHECK(bench.state(feed).quiet_polls == 1);
}

TEST_CASE("nobody's wish goes below the floor") {
  TinyOrigin origin([](const Seen&) { return ok(rss(rss_item("1", "Only"))); });
  PollBench bench;
  const auto feed = bench.add(origin.url("/feed"));
  bench.poll({feed});
  bench.clock.advance(minutes{9});
  CHECK(bench.poll({feed}).too_soon == 1);
  bench.clock.advance(minutes{1});
  // Ten minutes by a clock that rounds down may be a second less.
  CHECK(bench.poll({feed}).too_soon == 1);
  bench.clock.advance(std::chrono::seconds{1});
  CHECK(bench.poll({feed}).too_soon == 0);
  CHECK(origin.seen().size() == 2);
}

TEST_CASE("bad input costs its own blog one recorded failure and nothing that is stored") {
  const struct {
    const char* name;
    Reply reply;
    const char* expected;
  } cases[] = {
      {"a web page", ok("<!DOCTYPE html><html><body><p>Please log in</p></body></html>", "Content-Type: text/html\r\n"),
       "not_a_feed"},
      {"empty", ok(""), "empty"},
      {"nothing", {"", 0}, "interrupted"},
      {"cut by the server",
       {"HTTP/1.1 200 OK\r\nContent-Length: 900\r\nConnection: close\r\n\r\n" +
            rss(rss_item("3", "Half")).substr(0, 200),
        0},
       "interrupted"},
      {"cut before it was sent", ok(rss(rss_item("3", "Half")).substr(0, 260)), "truncated"},
      {"not there", status(404), "not_found"},
      {"a fault", status(500), "server_error"},
      {"binary", ok(std::string("\x00\x01\x02\x03\xff\xfe", 6)), "not_a_feed"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    std::atomic<bool> broken = false;
    TinyOrigin origin([&](const Seen& seen) {
      if (seen.target() == "/well") return ok(rss(rss_item("w", "Well")));
      return broken ? c.reply : ok(rss(rss_item("1", "Kept")), "ETag: \"good\"\r\n");
    });
    PollBench bench;
    const auto feed = bench.add(origin.url("/feed"));
    const auto neighbour = bench.add(origin.url("/well"));
    bench.poll({feed});
    broken = true;
    bench.clock.advance(hours{2});
    CHECK(bench.poll({feed, neighbour}).failed == 1);
    auto state = bench.state(feed);
    CHECK(state.error_class == c.expected);
    CHECK(state.failures == 1);
    CHECK_FALSE(state.error_text.empty());
    CHECK_FALSE(state.error_hint.empty());
    CHECK(state.etag == "\"good\"");
    CHECK(bench.titles().size() == 2);
    CHECK(bench.state(neighbour).failures == 0);
    const auto history = store::fetch_history(*bench.scratch.db.reader(), feed);
    REQUIRE(history.size() == 2);
    CHECK(history[0].error_class == c.expected);

    broken = false;
    bench.clock.advance(hours{24});
    bench.poll({feed});
    state = bench.state(feed);
    CHECK(state.failures == 0);
    CHECK(state.error_class.empty());
  }
}

TEST_CASE("a poller that is asked to stop ends soon and leaves the feed due") {
  TinyOrigin origin([](const Seen& seen) {
    return seen.target() == "/slow" ? Reply{"", 30'000} : ok(rss(rss_item("1", "Only")));
  });
  PollBench bench;
  const auto slow = bench.add(origin.url("/slow"));
  bench.add(origin.url("/quick"));
  fetcher::Poller poller(bench.parts());
  const auto began = std::chrono::steady_clock::now();
  {
    std::vector<std::jthread> threads;
    for (auto& job : poller.jobs()) threads.emplace_back(job);
    while (origin.seen().empty() && std::chrono::steady_clock::now() - began < std::chrono::seconds{5})
      std::this_thread::sleep_for(std::chrono::milliseconds{10});
  }
  CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds{5});
  const auto state = bench.state(slow);
  CHECK(state.failures == 0);
  REQUIRE(state.next_fetch);
  CHECK(*state.next_fetch <= bench.clock.now());
}

TEST_CASE("what is due is polled by itself, and a poke is answered") {
  TinyOrigin origin([](const Seen&) { return ok(rss(rss_item("1", "Only"))); });
  PollBench bench;
  const auto feed = bench.add(origin.url("/feed"));
  fetcher::Poller poller(bench.parts());
  std::vector<std::jthread> threads;
  for (auto& job : poller.jobs()) threads.emplace_back(job);
  const auto wait_for = [&](std::int64_t done) {
    for (int i = 0; i < 500 && poller.figures().done < done; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds{10});
    return poller.figures().done;
  };
  CHECK(wait_for(1) == 1);
  bench.clock.advance(minutes{11});
  poller.poke(feed);
  CHECK(wait_for(2) == 2);
  CHECK(poller.figures().too_soon == 0);
  CHECK(origin.seen().size() == 2);
}

TEST_CASE("a feed is asked for in the name of as many subscribers as are known, and of one at least") {
  TinyOrigin origin([](const Seen&) { return ok(rss(rss_item("1", "A post"))); });
  PollBench bench;
  const auto feed = bench.add(origin.url("/feed"));
  bench.poll({feed});
  CHECK(
      origin.seen().back().has("(+https://hub.example/bot; 1 subscriber; feed-id=" + std::to_string(feed.value) + ")"));
  bench.scratch.db.write([&](store::Writer& w) {
    for (const char* callback : {"https://a.example/", "https://b.example/"})
      store::confirm_subscriber(w,
                                {.topic = "https://hub.example/feed.atom",
                                 .callback = callback,
                                 .secret = "",
                                 .lease = std::chrono::hours{240}},
                                "h", bench.clock.now());
  });
  bench.clock.advance(std::chrono::hours{2});
  bench.poll({feed});
  CHECK(origin.seen().back().has("; 3 subscribers; feed-id="));
}
