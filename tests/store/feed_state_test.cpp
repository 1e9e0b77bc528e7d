#include "store/feed_state.h"

#include <doctest/doctest.h>

#include "store/membership.h"
#include "tests/store/posts.h"

using namespace voice;
using namespace voice::store;
using namespace std::chrono_literals;

namespace {

struct States : Hub {
  AddedBlog ann = add_blog({.title = "Ann"});

  FeedState state(FeedId feed) {
    const auto found = read_feed_state(*db.reader(), feed);
    REQUIRE(found);
    return *found;
  }
  FeedState state() { return state(ann.feed); }
  bool save(const FeedState& changed, const std::string& read_as) {
    return db.write([&](Writer& w) { return save_feed_state(w, changed, read_as); });
  }
  bool save(const FeedState& changed) { return save(changed, changed.url); }

  std::vector<FeedId> due() {
    std::vector<FeedId> ids;
    for (const auto& feed : due_feeds(*db.reader(), now, 100)) ids.push_back(feed.id);
    return ids;
  }
  /// Sets when a feed was and is to be fetched.
  void set_times(FeedId feed, std::optional<sys_seconds> last, std::optional<sys_seconds> next) {
    auto changed = state(feed);
    changed.last_fetch = last;
    changed.next_fetch = next;
    REQUIRE(save(changed));
  }
  std::int64_t move(const std::string& from, const std::string& to) {
    db.write([&](Writer& w) {
      auto changed = *read_feed_state(w, ann.feed);
      changed.url = to;
      REQUIRE(save_feed_state(w, changed, from));
      record_move(w,
                  {.id = 0,
                   .feed = ann.feed,
                   .at = now,
                   .from_url = from,
                   .to_url = to,
                   .reason = "it has redirected permanently",
                   .recheck = now + 24h * 7,
                   .undone = std::nullopt},
                  "ann.example", "new.example");
    });
    return moves_of(*db.reader(), ann.feed).at(0).id;
  }
  bool undo(std::int64_t move) {
    return db.write([&](Writer& w) { return undo_move(w, move, now); });
  }
};

const std::string kOld = "https://ann.example/feed";
const std::string kNew = "https://new.example/feed";

}  // namespace

TEST_CASE("what is remembered of a feed comes back as it was, validators byte for byte") {
  States hub;
  auto s = hub.state();
  s.title = "Ann’s blog";
  s.self_url = "https://ann.example/self";
  s.format = "atom10";
  s.document_id = "urn:ann";
  s.etag = std::string("W/\"\xff\0 odd\"", 10);
  s.last_modified = "yesterday, about noon";
  s.validators_url = "https://cdn.example/feed";
  s.body_hash = std::string("\0\x01\x02", 3);
  s.rejected_etag = "\"r\"";
  s.rejected_last_modified = "never";
  s.rejected_hash = std::string("\xfe\0", 2);
  s.rejected_by = 7;
  s.interval = 7200s;
  s.hint = 1800s;
  s.skip_hours = 0x00ff00ff;
  s.skip_days = 0x41;
  s.newest_post = hub.now - 5h;
  s.body_bytes = 12345;
  s.last_status = 503;
  s.last_fetch = hub.now - 1h;
  s.last_success = hub.now - 9h;
  s.next_fetch = hub.now + 3h;
  s.wait_until = hub.now + 2h;
  s.failures = 4;
  s.failing_since = hub.now - 8h;
  s.error_class = "server_error";
  s.error_text = "The server answered 503.";
  s.error_hint = "Wait.";
  s.move_to = kNew;
  s.move_count = 2;
  s.move_since = hub.now - 30h;
  s.quiet_polls = 3;
  s.quiet_since = hub.now - 4h;
  REQUIRE(hub.save(s));
  const auto read = hub.state();
  CHECK(read.title == s.title);
  CHECK(read.self_url == s.self_url);
  CHECK(read.format == s.format);
  CHECK(read.document_id == s.document_id);
  CHECK(read.etag == s.etag);
  CHECK(read.last_modified == s.last_modified);
  CHECK(read.validators_url == s.validators_url);
  CHECK(read.body_hash == s.body_hash);
  CHECK(read.rejected_etag == s.rejected_etag);
  CHECK(read.rejected_last_modified == s.rejected_last_modified);
  CHECK(read.rejected_hash == s.rejected_hash);
  CHECK(read.rejected_by == s.rejected_by);
  CHECK(read.interval == s.interval);
  CHECK(read.hint == s.hint);
  CHECK(read.skip_hours == s.skip_hours);
  CHECK(read.skip_days == s.skip_days);
  CHECK(read.newest_post == s.newest_post);
  CHECK(read.body_bytes == s.body_bytes);
  CHECK(read.last_status == s.last_status);
  CHECK(read.last_fetch == s.last_fetch);
  CHECK(read.last_success == s.last_success);
  CHECK(read.next_fetch == s.next_fetch);
  CHECK(read.wait_until == s.wait_until);
  CHECK(read.failures == s.failures);
  CHECK(read.failing_since == s.failing_since);
  CHECK(read.error_class == s.error_class);
  CHECK(read.error_text == s.error_text);
  CHECK(read.error_hint == s.error_hint);
  CHECK(read.move_to == s.move_to);
  CHECK(read.move_count == s.move_count);
  CHECK(read.move_since == s.move_since);
  CHECK(read.quiet_polls == s.quiet_polls);
  CHECK(read.quiet_since == s.quiet_since);
}

TEST_CASE("a feed that fails stays in its members' list of failing ones and on the schedule, and recovers wholly") {
  States hub;
  auto s = hub.state();
  s.failures = 12;
  s.failing_since = hub.now - 48h;
  s.error_class = "server_error";
  s.next_fetch = hub.now + 24h;
  REQUIRE(hub.save(s));
  CHECK(hub.due().empty());
  CHECK(failing_feeds(*hub.db.reader(), 10).size() == 1);
  CHECK(next_due(*hub.db.reader()) == hub.now + 24h);
  hub.now += 24h;
  REQUIRE(hub.due() == std::vector<FeedId>{hub.ann.feed});

  s.failures = 0;
  s.failing_since.reset();
  s.error_class.clear();
  s.next_fetch = hub.now + 1h;
  REQUIRE(hub.save(s));
  CHECK(failing_feeds(*hub.db.reader(), 10).empty());
  CHECK_FALSE(hub.state().failing_since);
  CHECK(hub.state().error_class.empty());
}

TEST_CASE(
    "a feed that is gone is never due, not even when somebody says there is news, until its blog is active again") {
  States hub;
  auto s = hub.state();
  s.next_fetch.reset();
  s.error_class = "gone";
  REQUIRE(hub.save(s));
  hub.db.write([&](Writer& w) { set_blog_state(w, hub.ann.blog, BlogState::gone, hub.now); });
  hub.now += 24h * 365;
  CHECK(hub.due().empty());
  CHECK(all_feeds(*hub.db.reader()).empty());
  CHECK_FALSE(next_due(*hub.db.reader()));
  CHECK_FALSE(hub.db.write([&](Writer& w) { return make_due(w, hub.ann.feed, hub.now, 60s); }));
  hub.db.write([&](Writer& w) { make_feed_due(w, hub.ann.feed, hub.now, 60s); });
  CHECK(hub.due().empty());

  hub.db.write([&](Writer& w) { set_blog_state(w, hub.ann.blog, BlogState::active, hub.now); });
  CHECK(hub.due() == std::vector<FeedId>{hub.ann.feed});
}

TEST_CASE("a refresh that ends after its blog was paused plans no other, and one of an old address changes nothing") {
  States hub;
  const auto begun = hub.state();
  hub.db.write([&](Writer& w) { set_blog_state(w, hub.ann.blog, BlogState::paused, hub.now); });
  auto s = begun;
  s.next_fetch = hub.now + 1h;
  s.etag = "\"new\"";
  CHECK(hub.save(s));
  CHECK(hub.state().etag == "\"new\"");
  CHECK_FALSE(hub.state().next_fetch);

  CHECK(hub.db.write([&](Writer& w) { return change_feed_address(w, hub.ann.feed, kNew, hub.now); }));
  CHECK_FALSE(hub.save(s, kOld));
  CHECK(hub.state().url == kNew);
  CHECK(hub.state().etag.empty());
}

TEST_CASE("feeds are due in the order of their times, and the hub's own posts are not fetched") {
  States hub;
  const auto bob = hub.add_blog({.title = "Bob"});
  hub.add_blog({.title = "Invited", .state = BlogState::invited});
  hub.add_blog({.title = "The hub", .kind = BlogKind::hub});
  hub.set_times(hub.ann.feed, {}, hub.now - 1h);
  hub.set_times(bob.feed, {}, hub.now - 2h);
  CHECK(hub.due() == std::vector<FeedId>{bob.feed, hub.ann.feed});
  CHECK(due_feeds(*hub.db.reader(), hub.now, 1).size() == 1);
  CHECK(due_feeds(*hub.db.reader(), hub.now - 90min, 10).size() == 1);
  CHECK(all_feeds(*hub.db.reader()).size() == 2);
}

TEST_CASE("news brings a feed forward, never back, not below its rest and not before Retry-After") {
  const auto hour = 3600s;
  const struct {
    const char* name;
    std::chrono::seconds last_fetch;  ///< ago
    std::chrono::seconds next_fetch;
    std::optional<std::chrono::seconds> wait;
    std::optional<std::chrono::seconds> expected;  ///< nothing: as it was
  } cases[] = {
      {"rested", 2 * hour, 12 * hour, {}, 0s},
      {"polled a moment ago", 20s, 12 * hour, {}, 41s},
      {"told to wait", 2 * hour, 12 * hour, 3 * hour, 3 * hour},
      {"due already", 2 * hour, -5s, {}, {}},
      {"due before its rest is over", 20s, 30s, {}, {}},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    States hub;
    auto s = hub.state();
    s.last_fetch = hub.now - c.last_fetch;
    s.next_fetch = hub.now + c.next_fetch;
    if (c.wait) s.wait_until = hub.now + *c.wait;
    REQUIRE(hub.save(s));
    CHECK(hub.db.write([&](Writer& w) { return make_due(w, hub.ann.feed, hub.now, 60s); }) == c.expected.has_value());
    CHECK(hub.state().next_fetch == hub.now + c.expected.value_or(c.next_fetch));
  }
}

TEST_CASE("after a long stop, feeds that are overdue are spread over their interval, new ones come at once") {
  States hub;
  std::vector<FeedId> old;
  for (int i = 0; i < 40; ++i) {
    old.push_back(hub.add_blog({.title = "Old " + std::to_string(i)}).feed);
    hub.set_times(old.back(), hub.now - 48h, hub.now - 47h);
  }
  const auto late = hub.add_blog({.title = "A little late"}).feed;
  hub.set_times(late, hub.now - 61min, hub.now - 1min);
  CHECK(hub.db.write([&](Writer& w) { return spread_overdue(w, hub.now, 1800s); }) == 40);
  std::int64_t first_half = 0;
  for (const auto feed : old) {
    const auto next = *hub.state(feed).next_fetch;
    CHECK(next >= hub.now);
    CHECK(next < hub.now + 1800s);
    first_half += next < hub.now + 900s ? 1 : 0;
  }
  CHECK(first_half > 10);
  CHECK(first_half < 30);
  CHECK(hub.state(late).next_fetch == hub.now - 1min);
  CHECK(hub.state().next_fetch == hub.now);
}

TEST_CASE("the history of a feed keeps its newest hundred lines and nobody else's") {
  States hub;
  const auto bob = hub.add_blog({.title = "Bob"});
  hub.db.write([&](Writer& w) {
    add_history(w, bob.feed, {.at = hub.now, .outcome = "changed", .added = 3, .quiet_before = 9});
    for (int i = 0; i < 130; ++i)
      add_history(w, hub.ann.feed,
                  {.at = hub.now + std::chrono::seconds{i},
                   .outcome = "failed",
                   .status = 500,
                   .error_class = "server_error",
                   .sentence = "no " + std::to_string(i)});
  });
  const auto lines = fetch_history(*hub.db.reader(), hub.ann.feed);
  REQUIRE(lines.size() == 100);
  CHECK(lines.front().sentence == "no 129");
  CHECK(lines.back().sentence == "no 30");
  CHECK(fetch_history(*hub.db.reader(), hub.ann.feed, 3).size() == 3);
  const auto of_bob = fetch_history(*hub.db.reader(), bob.feed);
  REQUIRE(of_bob.size() == 1);
  CHECK(of_bob[0].added == 3);
  CHECK(of_bob[0].quiet_before == 9);
}

TEST_CASE("a move is written down, asked about again and undone once, without validators of the other address") {
  States hub;
  auto s = hub.state();
  s.etag = "\"v\"";
  s.body_hash = "h";
  s.next_fetch = hub.now + 5h;
  REQUIRE(hub.save(s));
  const auto move = hub.move(kOld, kNew);
  CHECK(hub.state().url == kNew);
  CHECK(moves_to_recheck(*hub.db.reader(), hub.now, 10).empty());
  hub.now += 24h * 7;
  REQUIRE(moves_to_recheck(*hub.db.reader(), hub.now, 10).size() == 1);
  hub.db.write([&](Writer& w) { set_recheck(w, move, hub.now + 24h * 7); });
  CHECK(moves_to_recheck(*hub.db.reader(), hub.now, 10).empty());

  CHECK(hub.undo(move));
  CHECK(hub.state().url == kOld);
  CHECK(hub.state().etag.empty());
  CHECK(hub.state().body_hash.empty());
  CHECK(hub.due() == std::vector<FeedId>{hub.ann.feed});
  CHECK_FALSE(hub.undo(move));
  CHECK(moves_of(*hub.db.reader(), hub.ann.feed).at(0).undone == hub.now);
  hub.now += 24h * 30;
  CHECK(moves_to_recheck(*hub.db.reader(), hub.now, 10).empty());
}

TEST_CASE("a move is not undone once the feed went on elsewhere or another one has its old address") {
  States went_on;
  const auto first = went_on.move(kOld, kNew);
  went_on.move(kNew, "https://third.example/feed");
  CHECK_FALSE(went_on.undo(first));
  CHECK(went_on.state().url == "https://third.example/feed");

  States taken;
  const auto move = taken.move(kOld, kNew);
  const auto other = taken.add_blog({.title = "Another", .feed_url = kOld, .home_url = "https://other.example/"});
  CHECK(other_feed_at(*taken.db.reader(), kOld, taken.ann.feed) == other.feed);
  CHECK_FALSE(other_feed_at(*taken.db.reader(), kOld, other.feed));
  CHECK_FALSE(taken.undo(move));
  CHECK(taken.state().url == kNew);
}

TEST_CASE("moves to one host are counted by the hosts they came from, within the time asked for") {
  States hub;
  const auto add = [&](const std::string& from, const std::string& to, sys_seconds at) {
    hub.db.write([&](Writer& w) {
      record_move(w,
                  {.id = 0,
                   .feed = hub.ann.feed,
                   .at = at,
                   .from_url = "https://" + from + "/feed",
                   .to_url = "https://" + to + "/feed",
                   .reason = "r",
                   .recheck = {},
                   .undone = {}},
                  from, to);
    });
  };
  add("a.example", "hotel.example", hub.now);
  add("a.example", "hotel.example", hub.now);
  add("b.example", "hotel.example", hub.now);
  add("c.example", "elsewhere.example", hub.now);
  add("hotel.example", "hotel.example", hub.now);
  add("d.example", "hotel.example", hub.now - 2h);
  CHECK(moves_to_host(*hub.db.reader(), "hotel.example", hub.now - 1h) == 2);
}

TEST_CASE("links to a feed's old and new address mean one page while the move stands, and two once it is undone") {
  States hub;
  const auto links_to = [](const std::string& url) { return "<p><a href=\"" + url + "\">subscribe</a></p>"; };
  const auto bob = hub.add_blog({.title = "Bob"}), cat = hub.add_blog({.title = "Cat"});
  const auto pages = [&] {
    index_all(hub.db, hub.clock);
    const auto reader = hub.db.reader();
    auto rows = reader->query("SELECT count(DISTINCT url_key) FROM entry_links");
    rows.step();
    return rows.integer(0);
  };
  hub.add_post(bob, {.title = "B", .html = links_to(kOld), .url = "https://bob.example/1"});
  const auto move = hub.move(kOld, kNew);
  hub.add_post(cat, {.title = "C", .html = links_to(kOld), .url = "https://cat.example/1"});
  hub.add_post(cat, {.title = "D", .html = links_to(kNew), .url = "https://cat.example/2"});
  CHECK(pages() == 1);
  CHECK(hub.undo(move));
  CHECK(pages() == 2);
}

TEST_CASE("a host's pause is the longest that was asked for, and is forgotten when it is over") {
  States hub;
  hub.db.write([&](Writer& w) {
    pause_host(w, "slow.example", hub.now + 2h);
    pause_host(w, "slow.example", hub.now + 1h);
  });
  const auto pauses = host_pauses(*hub.db.reader(), hub.now);
  REQUIRE(pauses.size() == 1);
  CHECK(pauses[0].host == "slow.example");
  CHECK(pauses[0].until == hub.now + 2h);
  CHECK(host_pauses(*hub.db.reader(), hub.now + 2h).empty());
}

TEST_CASE("a ping finds a feed by its own address before a blog by its home page, http or https") {
  States hub;
  const auto bob = hub.add_blog({.title = "Bob", .feed_url = "https://bob.example/rss", .home_url = kOld});
  CHECK(find_feed_of(*hub.db.reader(), "http://www.ann.example/feed") == hub.ann.feed);
  CHECK(find_feed_of(*hub.db.reader(), "http://ann.example") == hub.ann.feed);
  CHECK(find_feed_of(*hub.db.reader(), "https://bob.example/rss/") == bob.feed);
  CHECK_FALSE(find_feed_of(*hub.db.reader(), "https://nobody.example/"));
  CHECK_FALSE(find_feed_of(*hub.db.reader(), ""));
}
