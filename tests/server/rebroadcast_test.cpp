#include "server/rebroadcast.h"

#include <doctest/doctest.h>

#include "store/accounts.h"
#include "store/featuring.h"
#include "tests/server/feed_site.h"

namespace voice::server {
namespace {

using namespace std::chrono_literals;

feeds::Entry first_of(FeedSite& site, const std::string& path) {
  const auto response = site.get(path);
  REQUIRE(response.status == 200);
  const auto feed = read(response);
  REQUIRE_FALSE(feed.entries.empty());
  return feed.entries.front();
}

TEST_CASE("a post without a date is given none, but by Atom, which demands when it changed") {
  Router router = all_routes();
  FeedSite site(router);
  site.post(site.ann.feed, {{.title = "One day", .dated = false}});
  for (const char* path : {"/feed.atom", "/feed.rss", "/feed.json"}) {
    CAPTURE(path);
    CHECK_FALSE(first_of(site, path).published);
  }
  CHECK(first_of(site, "/feed.atom").updated == site.clock.now());
  CHECK_FALSE(first_of(site, "/feed.json").updated);
  CHECK(has(site.body("/"), "Undated, first seen"));
  CHECK(has(site.body("/posts/1"), "Undated, first seen"));
}

TEST_CASE("a feed of picked posts says why each was picked") {
  Router router = all_routes();
  FeedSite site(router);
  site.post(site.ann.feed, {{.title = "Bins"}});
  site.db.write([&](store::Writer& db) {
    const auto editor = store::add_user(db, {.email = "ed@example.org", .name = "Ed"}, site.clock.now());
    REQUIRE(editor);
    REQUIRE(store::feature(
        db, {.entry = EntryId{1}, .sentence = "Bins <matter>", .ends = site.clock.now() + 24h, .by = *editor},
        site.clock.now()));
  });
  for (const char* path : {"/featured.atom", "/featured.rss", "/featured.json"}) {
    CAPTURE(path);
    const auto entry = first_of(site, path);
    CHECK(has(entry.content_html + entry.summary_html, "Why the editors picked it:</strong> Bins &lt;matter&gt;</p>"));
  }
  CHECK_FALSE(has(first_of(site, "/feed.atom").summary_html, "Bins &lt;"));
}

TEST_CASE("the feeds of a blog that left are gone for good, and those of one that never was are not found") {
  Router router = all_routes();
  FeedSite site(router);
  site.post(site.ann.feed, {{.title = "Bins"}});
  for (const char* ending : {".atom", ".rss", ".json", ".opml"})
    CHECK(site.get(std::string("/blogs/ann-co") + ending).status == 200);
  site.db.write(
      [&](store::Writer& db) { store::set_blog_state(db, site.ann.blog, store::BlogState::left, site.clock.now()); });
  for (const char* ending : {".atom", ".rss", ".json", ".opml"}) {
    CAPTURE(ending);
    CHECK(site.get(std::string("/blogs/ann-co") + ending).status == 410);
    CHECK(site.get(std::string("/blogs/bob") + ending).status == 404);
  }
  CHECK(site.get("/search.atom?q=words&blog=ann-co").status == 410);
  CHECK(site.get("/search.atom?q=words&blog=bob").status == 404);
}

TEST_CASE("whoever sends something to a feed is told what can be done there") {
  Router router = all_routes();
  FeedSite site(router);
  site.post(site.ann.feed, {{.title = "Bins"}});
  const auto refused = site.send({.method = "POST", .path = "/feed.atom"});
  CHECK(refused.status == 405);
  CHECK(*refused.header("Allow") == "GET, HEAD");
  CHECK(site.send({.method = "POST", .path = "/nowhere.atom"}).status == 404);
}

}  // namespace
}  // namespace voice::server
