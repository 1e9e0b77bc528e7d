#include <doctest/doctest.h>

#include "fetcher/move_recheck.h"
#include "tests/fetcher/poll_bench.h"
#include "tests/fetcher/tiny_origin.h"

using namespace voice;
using namespace voice::testing;
using std::chrono::hours;

namespace {
// A blog that redirects for good, until `redirects` is false.
struct MovingBlog {
  bool redirects = true;
  TinyOrigin origin{[this](const Seen& seen) {
    if (seen.target() == "/old" && redirects) return status(301, "Location: /new\r\n");
    if (seen.has("If-None-Match: \"v\"")) return status(304);
    return ok(rss(rss_item("1", "A post")), "ETag: \"v\"\r\n");
  }};
};
}  // namespace

TEST_CASE(
    "a subscription moves after three permanent redirects over two days, keeps its posts, and can be moved back") {
  MovingBlog blog;
  PollBench bench;
  const auto feed = bench.add(blog.origin.url("/old"));
  for (int day = 0; day < 3; ++day) {
    CHECK(bench.state(feed).url == blog.origin.url("/old"));
    bench.poll({feed});
    bench.clock.advance(hours{24});
  }
  CHECK(bench.state(feed).url == blog.origin.url("/new"));
  CHECK(bench.state(feed).etag == "\"v\"");
  const auto moves = store::moves_of(*bench.scratch.db.reader(), feed);
  REQUIRE(moves.size() == 1);
  CHECK(moves[0].from_url == blog.origin.url("/old"));

  CHECK(bench.poll({feed}).not_modified == 1);
  CHECK(blog.origin.seen().back().target() == "/new");
  CHECK(bench.titles().size() == 1);
  CHECK(bench.scratch.db.write([&](store::Writer& w) { return store::undo_move(w, moves[0].id, bench.clock.now()); }));
  CHECK(bench.state(feed).url == blog.origin.url("/old"));
  CHECK_FALSE(
      bench.scratch.db.write([&](store::Writer& w) { return store::undo_move(w, moves[0].id, bench.clock.now()); }));
}

TEST_CASE("a redirect that its owner takes back within a month takes the subscription back") {
  MovingBlog blog;
  PollBench bench;
  const auto feed = bench.add(blog.origin.url("/old"));
  for (int day = 0; day < 3; ++day) {
    bench.poll({feed});
    bench.clock.advance(hours{24});
  }
  REQUIRE(bench.state(feed).url == blog.origin.url("/new"));
  const auto client = fetcher::make_http_client(*fetcher::client_settings(bench.settings.fetch));
  const auto recheck = [&] {
    return fetcher::recheck_moves(bench.scratch.db, *client, bench.settings, bench.clock.now(), bench.log);
  };
  CHECK(recheck() == 0);
  bench.clock.advance(hours{24 * 7});
  const auto asked = blog.origin.seen().size();
  CHECK(recheck() == 0);
  CHECK(blog.origin.seen().size() == asked + 1);
  blog.redirects = false;
  CHECK(recheck() == 0);
  CHECK(blog.origin.seen().size() == asked + 1);
  bench.clock.advance(hours{24 * 7});
  CHECK(recheck() == 1);
  CHECK(bench.state(feed).url == blog.origin.url("/old"));
}

TEST_CASE("a login page that answers for everybody moves nobody") {
  bool captive = false;
  TinyOrigin origin([&](const Seen& seen) {
    if (seen.target() == "/login") return ok("<!DOCTYPE html><html><body>Welcome to the hotel</body></html>");
    if (captive) return status(301, "Location: /login\r\n");
    return ok(rss(rss_item("1", "A post")), "ETag: \"v\"\r\n");
  });
  PollBench bench;
  const auto feed = bench.add(origin.url("/feed"));
  bench.poll({feed});
  captive = true;
  for (int day = 0; day < 6; ++day) {
    bench.clock.advance(hours{24});
    bench.poll({feed});
  }
  CHECK(bench.state(feed).url == origin.url("/feed"));
  CHECK(bench.state(feed).etag == "\"v\"");
  captive = false;
  bench.clock.advance(hours{24});
  bench.poll({feed});
  CHECK(bench.state(feed).failures == 0);
}
