#include <doctest/doctest.h>

#include "store/indexing.h"
#include "tests/server/page_site.h"

using namespace voice;
using namespace voice::server;
using namespace std::chrono;

namespace {
Router reader_router() {
  Router router;
  add_reader_routes(router);
  return router;
}
}  // namespace

TEST_CASE("a hub without a post says feed by feed why") {
  auto router = reader_router();
  PageSite hub(router);
  CHECK(has(hub.body("/"), "There are no blogs here yet"));
  hub.join({.title = "Ann's notes", .feed_url = "https://ann.example/feed"});
  const auto page = hub.body("/");
  CHECK(has(page, "Nothing has been fetched yet"));
  CHECK(has(page, "https://ann.example/feed"));
  CHECK(has(page, "Not tried yet"));
}

TEST_CASE("the river leads to the original and names blog, day and time") {
  auto router = reader_router();
  PageSite hub(router);
  const auto ann = hub.join({.title = "Ann's <notes>", .feed_url = "https://ann.example/feed"});
  hub.post(ann.feed, {{.title = "Forms & <b>faults</b>", .age = 2h}});
  const auto page = hub.body("/");
  CHECK(has(page, "<a href=\"https://blog1.example/1-1\">Forms &amp; &lt;b&gt;faults&lt;/b&gt;</a>"));
  CHECK(has(page, "Ann&#39;s &lt;notes&gt;"));
  CHECK(has(page, "Saturday 28 November 2026"));
  CHECK(has(page, "10am</time>"));
}

TEST_CASE("what is shown is what the blogger agreed to") {
  auto router = reader_router();
  PageSite hub(router);
  const auto titles = hub.join({.title = "Titles", .feed_url = "https://t.example/feed", .shown = store::Shown::title});
  hub.post(titles.feed, {{.title = "Only this"}});
  CHECK_FALSE(has(hub.body("/"), "Some words about"));
  CHECK_FALSE(has(hub.body("/blogs/titles"), "Some words about"));
}

TEST_CASE("more than three posts by one blog in a day fold into one card, and three don't") {
  auto router = reader_router();
  PageSite hub(router);
  const auto flood = hub.join({.title = "Flood", .feed_url = "https://f.example/feed"});
  hub.post(flood.feed, {{.title = "a"}, {.title = "b"}, {.title = "c"}});
  CHECK_FALSE(has(hub.body("/"), "that day"));
  hub.post(flood.feed, {{.title = "d"}});
  CHECK(has(hub.body("/"), "3 more posts by Flood that day"));
}

TEST_CASE("paging goes to the oldest post, and past the end to the first page") {
  auto router = reader_router();
  PageSite hub(router);
  const auto ann = hub.join({.title = "Ann", .feed_url = "https://ann.example/feed"});
  std::vector<TestPost> posts;
  for (int i = 0; i < 70; ++i) posts.push_back({.title = "Post " + std::to_string(i), .age = hours(24 * i + 1)});
  hub.post(ann.feed, posts);
  std::string path = "/";
  int pages = 0;
  std::string page;
  for (;;) {
    page = hub.body(path);
    ++pages;
    const auto next = page.find("\" rel=\"next\"");
    if (next == std::string::npos) break;
    const auto at = page.rfind("href=\"", next) + 6;
    path = page.substr(at, next - at);
    REQUIRE(pages < 10);
  }
  CHECK(pages == 3);
  CHECK(has(page, ">Post 69</a>"));
  // And back, page by page.
  const auto at = page.find("<a href=\"/?before=");
  REQUIRE(at != std::string::npos);
  const auto middle = hub.body(page.substr(at + 9, page.find('"', at + 9) - at - 9));
  CHECK(has(middle, ">Post 30</a>"));
  CHECK(has(middle, "<a href=\"/\" rel=\"prev\">"));
  CHECK(hub.get("/?before=0-1").status == 303);
  CHECK(hub.get("/?before=nonsense").status == 303);
}

TEST_CASE("a blog's page is there for members only: not before they join, and gone after they leave") {
  auto router = reader_router();
  PageSite hub(router);
  const auto ann =
      hub.join({.title = "Ann", .feed_url = "https://ann.example/feed", .state = store::BlogState::invited});
  CHECK(hub.get("/blogs/ann").status == 404);
  hub.db.write(
      [&](store::Writer& w) { store::set_blog_state(w, ann.blog, store::BlogState::active, hub.clock.now()); });
  CHECK(hub.get("/blogs/ann").status == 200);
  hub.db.write([&](store::Writer& w) { store::set_blog_state(w, ann.blog, store::BlogState::left, hub.clock.now()); });
  CHECK(hub.get("/blogs/ann").status == 410);
}

TEST_CASE("a blog that has been quiet since spring is quiet, not dead") {
  auto router = reader_router();
  PageSite hub(router);
  const auto ann = hub.join({.title = "Ann", .feed_url = "https://ann.example/feed"});
  hub.post(ann.feed, {{.title = "Before the elections", .age = hours(24 * 70)}});
  CHECK(has(hub.body("/blogs/ann"), ">Quiet<"));
  hub.post(ann.feed, {{.title = "After them", .age = 1h}});
  CHECK(has(hub.body("/blogs/ann"), ">Live<"));
}

TEST_CASE("a day has an address, in London time, and one without posts leads to the nearest that has some") {
  auto router = reader_router();
  PageSite hub(router);
  const auto ann = hub.join({.title = "Ann", .feed_url = "https://ann.example/feed"});
  // 23:30 UTC on 20 June is half past midnight on the 21st in London.
  const auto written = sys_days{2025y / June / 20} + 23h + 30min;
  hub.post(ann.feed, {{.title = "Midsummer", .age = hub.clock.now() - written}});
  CHECK(has(hub.body("/2025/06/21"), "Midsummer"));
  CHECK_FALSE(has(hub.body("/2025/06/20"), "Midsummer"));
  CHECK(has(hub.body("/2025/06/20"), "No posts in this time"));
  CHECK(has(hub.body("/2025/07/01"), "href=\"/2025/06/21\""));
  CHECK(has(hub.body("/2025/06"), "href=\"/2025/06/21\""));
  CHECK(has(hub.body("/2025"), "href=\"/2025/06\""));
  CHECK(has(hub.body("/archive"), "href=\"/2025/06\""));
  CHECK_FALSE(has(hub.body("/archive"), "Earlier years"));
  hub.post(ann.feed, {{.title = "Autumn", .age = 24h}});
  CHECK(has(hub.body("/archive"), "href=\"/2026/11\""));
  CHECK(has(hub.body("/archive"), "href=\"/2025\""));
  for (const char* path :
       {"/2025/02/30", "/2025/13", "/2030", "/2026/11/29", "/1989", "/2025/6", "/nonsense", "/2025/06/21/x"})
    CHECK_MESSAGE(hub.get(path).status == 404, path);
}

TEST_CASE("a post's page puts the original first and says what it may not show") {
  auto router = reader_router();
  PageSite hub(router);
  const auto ann = hub.join({.title = "Ann", .feed_url = "https://ann.example/feed"});
  hub.post(ann.feed, {{.title = "One", .age = 48h, .html = "<p>Whole text.</p>"}, {.title = "Two"}});
  const auto page = hub.body("/posts/1");
  CHECK(has(page, "Read it on <bdi>Ann</bdi>"));
  CHECK(has(page, "noindex"));
  CHECK_FALSE(has(page, "rel=\"canonical\""));
  CHECK_FALSE(has(page, "Whole text."));
  CHECK(has(page, "This is the beginning of the post"));
  CHECK(has(page, "Older"));
  CHECK(hub.get("/posts/99").status == 404);
  CHECK(hub.get("/posts/x").status == 404);
  hub.db.write([&](store::Writer& w) {
    w.change("UPDATE entries SET hidden_at = 1 WHERE id = 1").run();
    store::bump_change_number(w);
  });
  CHECK(hub.get("/posts/1").status == 410);
}

TEST_CASE("audio and video play on request alone, from where they are, and no other page may load them") {
  auto router = reader_router();
  PageSite hub(router);
  const auto pod = hub.join({.title = "Pod", .feed_url = "https://p.example/feed"});
  hub.post(pod.feed, {{.title = "Episode",
                       .enclosures = {{.url = "https://cdn.example/a.mp3",
                                       .mime_type = "audio/mpeg",
                                       .size_in_bytes = 23'456'789,
                                       .title = {},
                                       .duration_in_seconds = 2530}}},
                      {.title = "Slides",
                       .enclosures = {{.url = "https://p.example/s.pdf",
                                       .mime_type = "application/pdf",
                                       .size_in_bytes = 234'567,
                                       .title = "The slides",
                                       .duration_in_seconds = 0}}}});
  const auto episode = hub.body("/posts/2");
  CHECK(has(episode,
            "<audio controls preload=\"none\" src=\"https://cdn.example/a.mp3\" aria-label=\"Audio of Episode\">"));
  CHECK(has(episode, "Audio file (MP3, 42 minutes, 23 MB)"));
  CHECK(has(episode, "referrerpolicy=\"no-referrer\""));
  const auto answer = hub.get("/posts/2");
  CHECK(has(*answer.header("Content-Security-Policy"), "media-src http: https:"));
  CHECK(*answer.header("Referrer-Policy") == "same-origin");

  const auto slides = hub.body("/posts/1");
  CHECK(has(slides, "Attached file: The slides (PDF, 234 kB)"));
  CHECK_FALSE(has(slides, "<audio"));
  CHECK_FALSE(has(*hub.get("/posts/1").header("Content-Security-Policy"), "media-src"));
  CHECK_FALSE(has(*hub.get("/").header("Content-Security-Policy"), "media-src"));
}

TEST_CASE("a council that has ended leads to the one that followed, and does not ask its people to join") {
  auto router = reader_router();
  PageSite hub(router);
  hub.db.write([](store::Writer& w) { store::seed_reading(w); });
  const auto ended = hub.body("/organisations/aylesbury-vale-district-council");
  CHECK(has(ended, "No posts from its time"));
  CHECK(has(ended, "<a href=\"/organisations/buckinghamshire-council\">"));
  CHECK_FALSE(has(ended, "Do you work there"));
  CHECK(has(hub.body("/organisations/adur-district-council"), "Do you work there"));
}

TEST_CASE("members can be sorted and narrowed by the address alone, and a wrong one shows them all") {
  auto router = reader_router();
  PageSite hub(router);
  hub.join({.title = "Beta", .feed_url = "https://b.example/feed", .kind = store::BlogKind::supplier});
  hub.join({.title = "alpha", .feed_url = "https://a.example/feed"});
  auto page = hub.body("/blogs");
  CHECK(page.find(">alpha<") < page.find(">Beta<"));
  page = hub.body("/blogs?sort=-title");
  CHECK(page.find(">alpha<") > page.find(">Beta<"));
  CHECK(has(page, "aria-sort=\"descending\""));
  page = hub.body("/blogs?kind=supplier");
  CHECK_FALSE(has(page, ">alpha<"));
  CHECK(has(hub.body("/blogs?sort=%3Cb%3E&page=99"), ">alpha<"));
}

TEST_CASE("a search is a page with marks, a shareable address and a feed, and no typing is an error") {
  auto router = reader_router();
  PageSite hub(router);
  const auto ann = hub.join({.title = "Ann", .feed_url = "https://ann.example/feed"});
  hub.post(ann.feed, {{.title = "Bins", .html = "<p>Some words about council services.</p>"},
                      {.title = "Roads", .html = "<p>Potholes.</p>"}});
  store::index_all(hub.db, hub.clock);
  const auto page = hub.body("/search?q=councils");
  CHECK(has(page, "<mark>council</mark>"));
  CHECK(has(page, "/search.atom?q=councils"));
  CHECK(has(page, "value=\"councils\""));
  CHECK(has(page, "noindex"));
  CHECK(has(hub.body("/search?q=zzzz"), "Nothing found"));
  for (const char* odd : {"/search?q=%22", "/search?q=-", "/search?q=AND+OR+NOT", "/search?q=a*(b", "/search?q=%00",
                          "/search?q=NEAR(", "/search?year=x&topic=%3Cb%3E&page=-1", "/search?q=%C3"})
    CHECK_MESSAGE(hub.get(odd).status == 200, odd);
}

TEST_CASE("a page of posts offers to search them alone, and a search can be narrowed to a council") {
  auto router = reader_router();
  PageSite hub(router);
  hub.db.write([](store::Writer& w) { store::seed_reading(w); });
  const auto ann = hub.join({.title = "Ann",
                             .feed_url = "https://ann.example/feed",
                             .author = "Ann Lee",
                             .organisation = "Leeds City Council"});
  const auto bob = hub.join({.title = "Bob", .feed_url = "https://bob.example/feed"});
  hub.post(ann.feed, {{.title = "Bins in Leeds"}});
  hub.post(bob.feed, {{.title = "Bins elsewhere"}});
  store::index_all(hub.db, hub.clock);
  const auto offers = [&](const std::string& path, const std::string& name, const std::string& value) {
    return has(hub.body(path), "<input type=\"hidden\" name=\"" + name + "\" value=\"" + value + "\">");
  };
  CHECK(offers("/blogs/ann", "blog", "ann"));
  CHECK(offers("/people/ann-lee", "person", "ann-lee"));
  CHECK(offers("/organisations/leeds-city-council", "organisation", "leeds-city-council"));
  CHECK(offers("/topics/data", "topic", "data"));
  for (const char* narrowed :
       {"/search?q=bins&blog=ann", "/search?q=bins&person=ann-lee", "/search?q=bins&organisation=leeds-city-council"}) {
    CAPTURE(narrowed);
    const auto page = hub.body(narrowed);
    CHECK(has(page, "in Leeds</a>"));
    CHECK_FALSE(has(page, "elsewhere"));
  }
  const auto page = hub.body("/search?q=bins&organisation=leeds-city-council");
  CHECK(has(page, "<option value=\"leeds-city-council\" selected>"));
  // A council that has no blog is offered to the one who asked for it, once: the form must not send two.
  const auto kent = hub.body("/search?q=bins&organisation=kent-county-council");
  CHECK(has(kent, "<option value=\"kent-county-council\" selected>"));
  CHECK_FALSE(has(kent, "<input type=\"hidden\" name=\"organisation\""));
  CHECK_FALSE(has(page, "kent-county-council"));
}

TEST_CASE("a post that links to another member's post is a conversation, seen from both") {
  auto router = reader_router();
  PageSite hub(router);
  const auto ann = hub.join({.title = "Ann", .feed_url = "https://ann.example/feed"});
  const auto ben = hub.join({.title = "Ben", .feed_url = "https://ben.example/feed"});
  hub.post(ann.feed, {{.title = "A question", .age = 48h, .url = "https://ann.example/one/"}});
  hub.post(ben.feed, {{.title = "In answer",
                       .html = "<p><a href=\"http://www.ann.example/one?utm_source=x\">Ann</a> asks.</p>"}});
  store::index_all(hub.db, hub.clock);
  CHECK(has(hub.body("/posts/1"), "Answered by"));
  CHECK(has(hub.body("/posts/2"), "Replies to"));
  CHECK(has(hub.body("/conversations"), "2 posts by 2 blogs"));
  const auto talk = hub.body("/conversations/1");
  CHECK(talk.find("A question") < talk.find("In answer"));
  CHECK(has(hub.body("/"), "In a conversation of 2 posts"));
  CHECK(hub.get("/conversations/99").status == 404);
}

TEST_CASE("days, months, conversations and guest posts announce their feeds, and the blogs their list") {
  Router router;
  add_all_routes(router);
  PageSite hub(router);
  const auto ann = hub.join({.title = "Ann", .feed_url = "https://ann.example/feed"});
  hub.post(ann.feed, {{.title = "Bins"}});
  for (const char* view : {"/2026/11/28", "/2026/11", "/conversations", "/guest-posts"}) {
    CAPTURE(view);
    const auto body = hub.body(view);
    for (const char* ending : {".atom", ".rss", ".json"}) {
      CHECK(has(body, "href=\"" + std::string(view) + ending + "\""));
      CHECK(hub.get(view + std::string(ending)).status == 200);
    }
  }
  const auto blogs = hub.body("/blogs");
  CHECK(has(blogs, "<a href=\"/members.opml\" type=\"text/x-opml\">OPML list of these blogs</a>"));
  const auto narrowed = hub.body("/blogs?kind=practitioner&sort=-posts");
  const std::string list = "/members.opml?kind=practitioner&amp;sort=-posts";
  CHECK(has(narrowed, "<a href=\"" + list + "\""));
  CHECK(has(narrowed, "<link rel=\"alternate\" type=\"text/x-opml\""));
  CHECK(has(narrowed, "href=\"" + list + "\">\n"));
  CHECK_FALSE(has(hub.body("/blogs?kind=supplier"), "OPML list of these blogs"));
}
