// tests/fetcher/poll_bench.h - a hub of one test: a database, a clock that stands still, and a poller run to its end.
#pragma once
#include <doctest/doctest.h>
#include <string>
#include <thread>
#include <vector>

#include "fetcher/poller.h"
#include "store/blogs.h"
#include "store/feed_state.h"
#include "store/river.h"
#include "tests/store/scratch.h"

namespace voice::testing {

inline std::string rss_item(const std::string& guid, const std::string& title, const std::string& link = "") {
  return "<item><guid isPermaLink=\"false\">" + guid + "</guid><title>" + title + "</title><link>" +
         (link.empty() ? "https://blog.example/" + guid : link) + "</link><description>&lt;p&gt;About " + title +
         "&lt;/p&gt;</description><pubDate>Thu, 29 Feb 2024 09:00:00 GMT</pubDate></item>";
}
inline std::string rss(const std::string& items, const std::string& channel = "") {
  return "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>A blog</title><link>https://blog.example/</link>"
         "<description>d</description>" +
         channel + items + "</channel></rss>";
}

struct PollBench {
  store::Scratch scratch;
  SetClock clock{from_unix_seconds(1'800'000'000)};
  SeededTokens tokens{1};
  NoLog log;
  config::Settings settings;
  fetcher::PushInbox pushed;
  int blogs = 0;

  PollBench() {
    settings.fetch.allow_private_networks = {"127.0.0.0/8"};
    settings.fetch.allow_ports = {"1-65535"};
    settings.fetch.jitter = 0;
    settings.site.base_url = "https://hub.example";
  }

  FeedId add(const std::string& url) {
    const auto added = scratch.db.write([&](store::Writer& db) {
      return store::add_blog(db, {.title = "Blog " + std::to_string(++blogs), .feed_url = url}, clock.now());
    });
    REQUIRE(added);
    return added->feed;
  }

  /// Polls these once, as a person would ask for it, and returns what came of it.
  fetcher::PollFigures poll(std::vector<FeedId> feeds) {
    fetcher::Poller poller(parts());
    poller.only_once(std::move(feeds));
    std::vector<std::jthread> threads;
    for (auto& job : poller.jobs()) threads.emplace_back(job);
    for (auto& thread : threads) thread.join();
    return poller.figures();
  }

  fetcher::Poller::Parts parts() {
    return {.database = scratch.db,
            .settings = settings,
            .clock = clock,
            .chance = tokens,
            .log = log,
            .client = {},
            .manners = {.spacing = std::chrono::milliseconds{1}},
            .pushed = &pushed,
            .on_news = {}};
  }

  store::FeedState state(FeedId feed) {
    const auto state = store::read_feed_state(*scratch.db.reader(), feed);
    REQUIRE(state);
    return *state;
  }

  std::vector<std::string> titles() {
    std::vector<std::string> out;
    for (const auto& entry : store::river(
             *scratch.db.reader(), {.filter = store::AllEntries{}, .now = clock.now(), .before = {}, .limit = 200}))
      out.push_back(entry.title);
    return out;
  }
};

}  // namespace voice::testing
