#include <chrono>
#include <doctest/doctest.h>
#include <set>
#include <vector>

#include "base/time.h"
#include "feeds/document.h"
#include "feeds/opml.h"
#include "server/rebroadcast.h"
#include "store/indexing.h"
#include "store/membership.h"
#include "tests/server/feed_site.h"

namespace voice::server {
namespace {

using namespace std::chrono_literals;

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
    const auto here = site.site.address_of("/posts/");
    const auto& [original, page] = std::string_view(path).ends_with(".json")
                                       ? std::pair(feed.entries[0].external_url, feed.entries[0].url)
                                       : std::pair(feed.entries[0].url, feed.entries[0].external_url);
    CHECK(original.starts_with("https://blog"));
    CHECK(page.starts_with(here));
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

TEST_CASE("a very long post shortens a head feed by no more than itself and what follows it") {
  Router router = all_routes();
  FeedSite site(router);
  const auto full = site.join({.title = "Full", .feed_url = "https://full.example/feed", .shown = store::Shown::full});
  std::vector<TestPost> posts;
  for (int n = 0; n < 50; ++n) posts.push_back({.title = "Post " + std::to_string(n), .age = 1h * (n + 1)});
  posts[40].html = "<p>" + std::string(600'000, 'w') + "</p>";
  site.post(full.feed, posts);
  for (const char* path : {"/feed.atom", "/feed.rss", "/feed.json"}) {
    CAPTURE(path);
    const auto head = read(site.get(path));
    CHECK(head.entries.size() == 40);
    const auto next = read(site.get(head.next_page.substr(site.settings.site.base_url.size())));
    REQUIRE(next.entries.size() == 1);  // alone it is over the budget, but it has to be somewhere
    CHECK(next.entries[0].title == "Post 40");
    CHECK(read(site.get(next.next_page.substr(site.settings.site.base_url.size()))).entries.size() == 9);
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

namespace {

// From a document along `link` to the last, each post by its address.
struct Walk {
  std::multiset<std::string> posts;
  std::vector<std::string> paths;
  std::vector<std::size_t> sizes;
};

Walk walk(FeedSite& site, std::string path, std::string feeds::Feed::*link) {
  Walk walked;
  while (!path.empty() && walked.paths.size() < 40) {
    const auto feed = read(site.get(path));
    walked.paths.push_back(path);
    walked.sizes.push_back(feed.entries.size());
    for (const auto& entry : feed.entries) walked.posts.insert(entry.url);
    path = (feed.*link).empty() ? "" : (feed.*link).substr(site.settings.site.base_url.size());
  }
  return walked;
}

std::vector<TestPost> posts_a_day_apart(int count, std::chrono::seconds youngest) {
  std::vector<TestPost> posts;
  for (int n = 0; n < count; ++n) posts.push_back({.title = "Post " + std::to_string(n), .age = youngest + 24h * n});
  return posts;
}

std::set<std::string> once(const std::multiset<std::string>& posts) { return {posts.begin(), posts.end()}; }

}  // namespace

TEST_CASE("a month's archive is there when the month is over, and whoever joins later does not change it") {
  Router router = all_routes();
  FeedSite site(router);
  site.post(site.ann.feed, {{.title = "Today", .age = 1h}, {.title = "Last year", .age = 400 * 24h}});
  const std::string november = "/archive/2026/11.atom";
  for (const std::string& path :
       {std::string("/archive/2026/13.atom"), std::string("/archive/1066/10.atom"),
        std::string("/archive/2026/12.atom"), std::string("/archive/2025/10.atom"), november, november + "?part=1",
        november + "?part=2", november + "?posts=0", november + "?posts=3", november + "?posts=x"})
    CHECK_MESSAGE(site.get(path).status == 404, path);

  site.clock.advance(2 * 24h + 12h);  // the first of December, midnight
  CHECK(site.get(november).status == 404);
  site.clock.advance(1h);  // whatever was being stored is
  const auto closed = site.get(november);
  CHECK(read(closed).is_archive);
  CHECK(read(closed).entries.size() == 2);
  CHECK(read(closed).current == site.site.address_of("/feed.atom"));
  CHECK(read(site.get("/feed.atom")).prev_archive == site.site.address_of(november));

  site.clock.advance(9 * 24h);
  const auto ben = site.join({.title = "Ben", .feed_url = "https://ben.example/feed"});
  site.post(ben.feed, posts_a_day_apart(30, 1h));
  CHECK(site.get(november).bytes() == closed.bytes());
  site.clock.advance(90 * 24h);
  CHECK(site.get(november).bytes() == closed.bytes());
  CHECK(read(site.get("/archive/2026/12.atom")).entries.size() == 30);
  CHECK(read(site.get("/archive/2026/12.atom")).prev_archive == site.site.address_of(november));
}

TEST_CASE("the head feed and its archives hold every post, whenever it is dated and whenever it came") {
  Router router = all_routes();
  FeedSite site(router);
  site.post(site.ann.feed, posts_a_day_apart(120, 1h));                   // with years long over
  site.post(site.ann.feed, {{.title = "Dated ahead", .age = -6 * 24h}});  // had its day in December
  site.clock.advance(40 * 24h);
  const auto ben = site.join({.title = "Ben", .feed_url = "https://ben.example/feed"});
  site.post(ben.feed, posts_a_day_apart(70, 1h));
  site.post(ben.feed, posts_a_day_apart(20, 5000 * 24h));
  const auto archived = walk(site, "/feed.atom", &feeds::Feed::prev_archive);
  CHECK(archived.paths == std::vector<std::string>{"/feed.atom", "/archive/2027/01.atom?posts=90",
                                                   "/archive/2026/12.atom", "/archive/2026/11.atom"});
  CHECK(archived.sizes == std::vector<std::size_t>{50, 90, 1, 120});
  const auto all = walk(site, "/feed.rss", &feeds::Feed::next_page).posts;
  CHECK(all.size() == 211);
  CHECK(once(archived.posts) == once(all));
}

TEST_CASE("a reader that asks for each address of the archive once misses nothing") {
  Router router = all_routes();
  FeedSite site(router);
  std::set<std::string> processed;
  std::multiset<std::string> kept;
  const auto visit = [&] {  // as RFC 5005, section 4.2, tells a client to
    for (std::string path = "/feed.atom"; !path.empty();) {
      const auto feed = read(site.get(path));
      for (const auto& entry : feed.entries) kept.insert(entry.title);
      path = feed.prev_archive.empty() ? "" : feed.prev_archive.substr(site.settings.site.base_url.size());
      if (!processed.insert(path).second) break;
    }
  };
  int posts = 0;
  for (int day = 0; day < 70; ++day) {
    std::vector<TestPost> fresh;
    for (int n = 0; n < 23; ++n) fresh.push_back({.title = "Post " + std::to_string(posts++), .age = 1h});
    site.post(site.ann.feed, fresh);
    if (day % 9 == 0) visit();  // two hundred posts since the last time, and the head holds fifty
    site.clock.advance(24h);
  }
  visit();
  CHECK(once(kept).size() == static_cast<std::size_t>(posts));
}

TEST_CASE("a month that brought very many posts is several documents, and hiding a post moves no other") {
  Router router = all_routes();
  FeedSite site(router);
  site.post(site.ann.feed, posts_a_day_apart(1100, 1h));
  const std::string newest = "/archive/2026/11.atom?part=3&posts=100";
  CHECK(read(site.get("/feed.atom")).prev_archive == site.site.address_of(newest));
  auto archived = walk(site, newest, &feeds::Feed::prev_archive);
  CHECK(archived.paths == std::vector<std::string>{newest, "/archive/2026/11.atom?part=2", "/archive/2026/11.atom"});
  CHECK(archived.sizes == std::vector<std::size_t>{100, 500, 500});
  CHECK(once(archived.posts).size() == 1100);
  site.db.write([&](store::Writer& w) { store::hide_post(w, EntryId{1}, site.clock.now()); });
  archived = walk(site, newest, &feeds::Feed::prev_archive);
  CHECK(archived.sizes == std::vector<std::size_t>{100, 500, 499});
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

TEST_CASE("a topic's outline lists every blog that wrote on it, however much others did since") {
  Router router = all_routes();
  FeedSite site(router);
  site.db.write([](store::Writer& w) { store::seed_reading(w); });
  const auto ben = site.join({.title = "Ben", .feed_url = "https://ben.example/feed"});
  site.post(ben.feed, {{.title = "Long ago", .age = 4000 * 24h, .tags = {"data"}}});
  std::vector<TestPost> posts;
  for (int n = 0; n < 1001; ++n) posts.push_back({.title = "Data", .age = 1h * (n + 1), .tags = {"data"}});
  site.post(site.ann.feed, posts);
  store::index_all(site.db, site.clock);
  for (const char* path : {"/topics/data.opml", "/feed.opml?without=weeknotes", "/2026/11.opml"}) {
    CAPTURE(path);
    const auto list = feeds::read_opml(site.get(path).bytes());
    REQUIRE(list);
    CHECK(list->outlines.size() == (std::string_view(path) == "/2026/11.opml" ? 1 : 2));
    CHECK(list->outlines[0].title == "Ann & co");
  }
}

TEST_CASE("the members' outline takes the filters of the page of blogs, whose order it has") {
  Router router = all_routes();
  FeedSite site(router);
  const auto join = [&](const char* name, store::BlogKind kind, store::BlogState state) {
    return site.join(
        {.title = name, .feed_url = std::string("https://") + name + ".example/feed", .kind = kind, .state = state});
  };
  const auto gone = join("gone", store::BlogKind::supplier, store::BlogState::active);
  join("acme", store::BlogKind::supplier, store::BlogState::active);
  join("zeta", store::BlogKind::supplier, store::BlogState::paused);
  site.db.write(
      [&](store::Writer& w) { store::set_blog_state(w, gone.blog, store::BlogState::gone, site.clock.now()); });
  const auto titles = [&](const char* path) {
    const auto list = feeds::read_opml(site.get(path).bytes());
    REQUIRE(list);
    std::vector<std::string> all;
    for (const auto& outline : list->outlines) all.push_back(outline.title);
    return all;
  };
  using Titles = std::vector<std::string>;
  CHECK(titles("/members.opml") == Titles{"acme", "Ann & co", "zeta"});
  CHECK(titles("/members.opml?kind=supplier") == Titles{"acme", "gone", "zeta"});
  CHECK(titles("/members.opml?kind=supplier&sort=-title") == Titles{"zeta", "gone", "acme"});
  CHECK(titles("/members.opml?state=gone") == Titles{"gone"});
  CHECK(titles("/members.opml?nation=Wales").empty());
  CHECK(site.get("/members.opml?kind=nothing").status == 404);
}

TEST_CASE("days, months, guest posts and conversations are feeds too") {
  Router router = all_routes();
  FeedSite site(router);
  const auto ben = site.join({.title = "Ben", .feed_url = "https://ben.example/feed"});
  site.post(site.ann.feed, {{.title = "Asked", .age = 3h, .url = "https://ann.example/one"},
                            {.title = "Yesterday", .age = 24h},
                            {.title = "Last month", .age = 40 * 24h}});
  site.post(ben.feed, {{.title = "Answered", .html = "<p><a href=\"https://ann.example/one\">Ann</a></p>"}});
  const auto here = site.join({.title = "Guest posts",
                               .feed_url = site.site.address_of("/blogs/guest-posts.atom"),
                               .kind = store::BlogKind::hub});
  site.post(here.feed, {{.title = "A guest", .age = 2h}});
  store::index_all(site.db, site.clock);
  const struct {
    const char* view;
    std::vector<std::string> titles;
  } cases[] = {{"/2026/11/28", {"Answered", "A guest", "Asked"}},
               {"/2026/11/26", {}},
               {"/2026/11", {"Answered", "A guest", "Asked", "Yesterday"}},
               {"/guest-posts", {"A guest"}},
               {"/conversations", {"Answered", "Asked"}}};
  for (const auto& c : cases)
    for (const char* ending : {".atom", ".rss", ".json"}) {
      const auto path = c.view + std::string(ending);
      CAPTURE(path);
      const auto feed = read(site.get(path));
      std::vector<std::string> titles;
      for (const auto& entry : feed.entries) titles.push_back(entry.title);
      CHECK(titles == c.titles);
      CHECK(feed.home_page_url == site.site.address_of(c.view));
    }
  for (const char* path : {"/2026/12.atom", "/2026/11/29.atom", "/2026/11/31.rss", "/2026/1.atom", "/1066/10.json"})
    CHECK_MESSAGE(site.get(path).status == 404, path);
}

TEST_CASE("a month's feed leads from page to page to its first day, and not beyond") {
  Router router = all_routes();
  FeedSite site(router);
  std::vector<TestPost> posts;
  for (int n = 0; n < 130; ++n) posts.push_back({.title = "Post " + std::to_string(n), .age = 6h * n});
  site.post(site.ann.feed, posts);
  const auto month = walk(site, "/2026/11.atom", &feeds::Feed::next_page);
  CHECK(month.sizes == std::vector<std::size_t>{50, 50, 11});  // 27 days and a half, four a day
  CHECK(once(month.posts).size() == month.posts.size());
}

}  // namespace
}  // namespace voice::server
