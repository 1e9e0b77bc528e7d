#include <chrono>
#include <doctest/doctest.h>
#include <set>

#include "base/time.h"
#include "feeds/document.h"
#include "feeds/opml.h"
#include "server/rebroadcast.h"
#include "tests/server/page_site.h"

namespace voice::server {
namespace {

using namespace std::chrono_literals;

feeds::Feed read(const Response& response) {
  auto feed = feeds::read_document({.bytes = response.bytes(),
                                    .url = "http://127.0.0.1:8080/feed",
                                    .content_type = *response.header("Content-Type")});
  REQUIRE(feed);
  return *feed;
}

struct FeedSite : PageSite {
  explicit FeedSite(Router& table) : PageSite(table) {}
  store::AddedBlog ann =
      join({.title = "Ann & co", .feed_url = "https://ann.example/feed", .home_url = "https://ann.example/"});
};

Router all_routes() {
  Router router;
  add_machine_routes(router);
  return router;
}

TEST_CASE("a view's three feeds hold the same posts, each with its original link, id, dates and source") {
  Router router = all_routes();
  FeedSite site(router);
  site.post(site.ann.feed, {{.title = "Bins & bytes"}, {.title = "", .age = 2h}});
  for (const char* path :
       {"/feed.atom", "/feed.rss", "/feed.json", "/blogs/ann-co.atom", "/blogs/ann-co.rss", "/blogs/ann-co.json"}) {
    CAPTURE(path);
    const auto response = site.get(path);
    REQUIRE(response.status == 200);
    const auto feed = read(response);
    REQUIRE(feed.entries.size() == 2);
    CHECK(feed.feed_url == site.site.address_of(path));
    CHECK(feed.entries[0].title == "Bins & bytes");
    CHECK(feed.entries[0].url.starts_with("https://blog"));
    CHECK(feed.entries[0].published == site.clock.now() - 1h);
    REQUIRE(feed.entries[0].source);
    CHECK(feed.entries[0].source->feed_url == "https://ann.example/feed");
    CHECK(feed.entries[0].source->title == "Ann & co");
    CHECK(feed.entries[0].authors.size() == 1);
    CHECK(feed.entries[1].title == "Some words about council services.");
    CHECK(*response.header("Access-Control-Allow-Origin") == "*");
    CHECK(*response.header("Cache-Control") == "public, max-age=300");
  }
  CHECK(site.get("/nowhere.atom").status == 404);
  CHECK(site.get("/blogs/nobody.rss").status == 404);
}

TEST_CASE("a guid that is no address becomes one that is the same in every feed, and an address stays") {
  Router router = all_routes();
  FeedSite site(router);
  site.post(site.ann.feed, {{.title = "One"}});
  const auto atom = read(site.get("/feed.atom"));
  CHECK(atom.entries[0].id == "tag:127.0.0.1,2026-01-01:post/1");
  CHECK(read(site.get("/blogs/ann-co.rss")).entries[0].id == atom.entries[0].id);
}

TEST_CASE("a feed names its hub in its body and in a Link header, and neither where push is off") {
  Router router = all_routes();
  FeedSite site(router);
  site.post(site.ann.feed, {{.title = "One"}});
  auto response = site.get("/feed.atom");
  CHECK(read(response).hubs == std::vector<std::string>{site.site.address_of(kHubPath)});
  CHECK(response.header("Link")->find("rel=\"hub\"") != std::string::npos);
  site.settings.push.hub = false;
  site.db.write([](store::Writer& db) { store::bump_change_number(db); });
  response = site.get("/feed.atom");
  CHECK(read(response).hubs.empty());
  CHECK(*response.header("Link") == "<" + site.site.address_of("/feed.atom") + ">; rel=\"self\"");
}

TEST_CASE("a browser gets the same bytes under a type that it styles, and a cache is told so") {
  Router router = all_routes();
  FeedSite site(router);
  site.post(site.ann.feed, {{.title = "One"}});
  const auto reader = site.get("/feed.atom");
  const auto browser = site.send({.path = "/feed.atom", .headers = {{"Sec-Fetch-Dest", "document"}}});
  CHECK(*reader.header("Content-Type") == "application/atom+xml; charset=utf-8");
  CHECK(*browser.header("Content-Type") == "application/xml; charset=utf-8");
  CHECK(reader.bytes() == browser.bytes());
  CHECK(browser.header("Vary")->find("Sec-Fetch-Dest") != std::string::npos);
}

TEST_CASE("pages of a feed lead to the oldest post, and none comes twice") {
  Router router = all_routes();
  FeedSite site(router);
  std::vector<TestPost> posts;
  for (int n = 0; n < 120; ++n) posts.push_back({.title = "Post " + std::to_string(n), .age = 1h * (n + 1)});
  site.post(site.ann.feed, posts);
  std::set<std::string> seen;
  std::string path = "/feed.rss";
  int pages = 0;
  while (!path.empty() && pages < 10) {
    const auto feed = read(site.get(path));
    for (const auto& entry : feed.entries) CHECK(seen.insert(entry.id).second);
    path = feed.next_page.empty() ? "" : feed.next_page.substr(site.settings.site.base_url.size());
    ++pages;
  }
  CHECK(seen.size() == 120);
  CHECK(pages == 3);
  CHECK(site.get("/feed.rss?before=nonsense").status == 404);
}

TEST_CASE("a head feed stays within its budget, and what did not fit is on its next page") {
  Router router = all_routes();
  FeedSite site(router);
  const auto full = site.join({.title = "Full", .feed_url = "https://full.example/feed", .shown = store::Shown::full});
  std::vector<TestPost> posts;
  const std::string body = "<p>" + std::string(40'000, 'w') + "</p>";
  for (int n = 0; n < 20; ++n)
    posts.push_back({.title = "Long " + std::to_string(n), .age = 1h * (n + 1), .html = body});
  site.post(full.feed, posts);
  for (const char* path : {"/feed.atom", "/feed.rss", "/feed.json"}) {
    CAPTURE(path);
    const auto response = site.get(path);
    CHECK(response.bytes().size() <= kFeedBudget);
    const auto feed = read(response);
    CHECK(feed.entries.size() > 5);
    CHECK_FALSE(feed.next_page.empty());
  }
}

TEST_CASE("only as much of a post is passed on as its blogger agreed to") {
  Router router = all_routes();
  FeedSite site(router);
  const std::string html = "<p>The whole post.</p>";
  const auto post_of = [&](const char* name, store::Shown shown) {
    const auto blog =
        site.join({.title = name, .feed_url = std::string("https://") + name + ".example/feed", .shown = shown});
    site.post(blog.feed, {{.title = name, .html = html}});
    return site.get(std::string("/blogs/") + name + ".json").bytes();
  };
  CHECK(has(post_of("full", store::Shown::full), "The whole post."));
  const auto excerpt = post_of("excerpt", store::Shown::excerpt);
  CHECK_FALSE(has(excerpt, "The whole post."));
  CHECK(has(excerpt, "Some words about"));
  const auto title = post_of("title", store::Shown::title);
  CHECK_FALSE(has(title, "The whole post."));
  CHECK_FALSE(has(title, "Some words about"));
}

TEST_CASE("a month has its archive once nothing can join it any more, and it does not change after") {
  Router router = all_routes();
  FeedSite site(router);
  site.post(site.ann.feed, {{.title = "Today", .age = 1h}, {.title = "In the week", .age = 6 * 24h}});
  CHECK(site.get("/archive/2026/11.atom").status == 404);
  CHECK(site.get("/archive/2026/13.atom").status == 404);
  CHECK(site.get("/archive/1066/10.atom").status == 404);
  CHECK(read(site.get("/feed.atom")).prev_archive.empty());
  site.clock.advance(9 * 24h);  // 7 December: a post of November may still arrive
  CHECK(site.get("/archive/2026/11.atom").status == 404);
  site.clock.advance(24h);
  const auto archive = site.get("/archive/2026/11.atom");
  REQUIRE(archive.status == 200);
  const auto feed = read(archive);
  CHECK(feed.entries.size() == 2);
  CHECK(feed.is_archive);
  CHECK(read(site.get("/feed.atom")).prev_archive == site.site.address_of("/archive/2026/11.atom"));
  site.post(site.ann.feed, {{.title = "December", .age = 1h}});
  site.clock.advance(60 * 24h);
  CHECK(site.get("/archive/2026/11.atom").bytes() == archive.bytes());
}

TEST_CASE("the members' outline lists every active blog once, and reads back") {
  Router router = all_routes();
  FeedSite site(router);
  site.join({.title = "Invited", .feed_url = "https://invited.example/feed", .state = store::BlogState::invited});
  const auto response = site.get("/members.opml");
  CHECK(*response.header("Content-Type") == "text/x-opml; charset=utf-8");
  const auto list = feeds::read_opml(response.bytes());
  REQUIRE(list);
  REQUIRE(list->outlines.size() == 1);
  CHECK(list->outlines[0].xml_url == "https://ann.example/feed");
  CHECK(list->outlines[0].title == "Ann & co");
}

TEST_CASE("a view's outline lists the blogs whose posts it shows") {
  Router router = all_routes();
  FeedSite site(router);
  site.post(site.ann.feed, {{.title = "One"}});
  const auto list = feeds::read_opml(site.get("/blogs/ann-co.opml").bytes());
  REQUIRE(list);
  CHECK(list->outlines.size() == 1);
  CHECK(site.get("/blogs/nobody.opml").status == 404);
}

}  // namespace
}  // namespace voice::server
