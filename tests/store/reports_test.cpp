#include "store/reports.h"

#include <doctest/doctest.h>

#include "store/blogs.h"
#include "tests/store/posts.h"

using namespace voice;
using namespace voice::store;
using namespace std::chrono_literals;

TEST_CASE("reports wait oldest first, and closing one forgets who sent it") {
  Hub hub;
  const auto blog = hub.add_blog({.title = "Fern blog"});
  const auto post = hub.add_post(blog, {.title = "A", .html = "<p>x</p>", .url = "https://fern.example/a"});
  CHECK(open_reports(*hub.db.reader(), 10).empty());
  hub.db.write([&](Writer& db) {
    add_report(db, post, "Later", "", hub.now + 1h);
    add_report(db, post, "It names\nmy neighbour", "ann@example.org", hub.now);
  });
  CHECK(count_open_reports(*hub.db.reader()) == 2);
  const auto open = open_reports(*hub.db.reader(), 10);
  REQUIRE(open.size() == 2);
  CHECK(open[0].words == "It names\nmy neighbour");
  CHECK(open[0].email == "ann@example.org");
  CHECK(open[0].post_title == "A");
  CHECK(open[0].blog_title == "Fern blog");
  CHECK(open_reports(*hub.db.reader(), 1).size() == 1);

  const auto closed = hub.db.write([&](Writer& db) { return close_report(db, open[0].id, hub.now + 2h); });
  REQUIRE(closed);
  CHECK(closed->entry == post);
  CHECK_FALSE(hub.db.write([&](Writer& db) { return close_report(db, open[0].id, hub.now + 2h); }));
  CHECK(count_open_reports(*hub.db.reader()) == 1);
  auto reader = hub.db.reader();
  auto rows = reader->query("SELECT count(*) FROM reports WHERE email IS NOT NULL");
  REQUIRE(rows.step());
  CHECK(rows.integer(0) == 0);
}
