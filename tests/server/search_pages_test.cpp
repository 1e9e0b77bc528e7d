#include <doctest/doctest.h>
#include <set>

#include "store/indexing.h"
#include "store/search.h"
#include "tests/server/page_site.h"

using namespace voice;
using namespace voice::server;
using namespace std::chrono;

namespace {

struct SearchSite {
  SearchSite() {
    add_all_routes(router);
    hub.db.write([](store::Writer& w) { store::seed_reading(w); });
  }
  void post(const store::AddedBlog& blog, const std::vector<TestPost>& posts) {
    hub.post(blog.feed, posts);
    store::index_all(hub.db, hub.clock);
  }
  // Titles tell how old: "Note 7" is seven days and an hour old.
  void post_daily(int count) {
    std::vector<TestPost> posts;
    for (int i = 0; i < count; ++i) posts.push_back({.title = "Note " + std::to_string(i), .age = hours(24 * i + 1)});
    post(ann, posts);
  }

  Router router;
  PageSite hub{router};
  store::AddedBlog ann = hub.join({.title = "Ann", .feed_url = "https://ann.example/feed"});
};

// The address of the link with `mark` behind its address; empty where there is none.
std::string link_before(const std::string& page, const std::string& mark) {
  const auto end = page.find("\"" + mark);
  if (end == std::string::npos) return {};
  const auto at = page.rfind("href=\"", end) + 6;
  auto address = page.substr(at, end - at);
  for (auto amp = address.find("&amp;"); amp != std::string::npos; amp = address.find("&amp;"))
    address.erase(amp + 1, 4);
  return address;
}

std::set<std::string> notes_in(const std::string& page) {
  std::set<std::string> found;
  for (auto at = page.find(">Note "); at != std::string::npos; at = page.find(">Note ", at + 1))
    found.insert(page.substr(at + 1, page.find('<', at) - at - 1));
  return found;
}

}  // namespace

TEST_CASE("a filter that names nothing is said to, and never widens a search or its feed") {
  SearchSite site;
  site.post(site.ann, {{.title = "Bins"}});
  const auto bob = site.hub.join({.title = "Bob", .feed_url = "https://bob.example/feed"});
  site.hub.db.write(
      [&](store::Writer& w) { store::set_blog_state(w, bob.blog, store::BlogState::left, site.hub.clock.now()); });
  const struct {
    const char* filter;
    const char* said;
  } cases[] = {
      {"blog=nonexistent", "There is no blog called “nonexistent” here, so nothing was found."},
      {"blog=bob", "There is no blog called “bob” here, so nothing was found."},
      {"organisation=x", "There is no council or other body called “x” here, so nothing was found."},
      {"topic=%3Cb%3E", "There is no topic called “&lt;b&gt;” here, so nothing was found."},
      {"person=x", "There is nobody called “x” here, so nothing was found."},
      {"language=welsh", "“welsh” is no language as addresses name them, such as cy for Welsh, so nothing was found."},
      {"year=1850", "“1850” is no year that posts here can be of, so nothing was found."},
      {"year=abc", "“abc” is no year that posts here can be of, so nothing was found."},
      {"blog=x&year=1",
       "There is no blog called “x” here and “1” is no year that posts here can be of, so nothing was"},
  };
  for (const auto& c : cases) {
    for (const std::string words : {"q=council&", ""}) {
      const auto query = words + c.filter;
      CAPTURE(query);
      const auto page = site.hub.body("/search?" + query);
      CHECK(has(page, c.said));
      CHECK_FALSE(has(page, "Bins"));
      CHECK_FALSE(has(page, "/search.atom"));
      CHECK_FALSE(has(page, "order=newest"));
      const int status = has(query, "blog=bob") ? 410 : 404;  // he left; the others never were
      for (const char* form : {"atom", "rss", "json", "opml"})
        CHECK(site.hub.get("/search." + std::string(form) + "?" + query).status == status);
      CHECK(site.hub.get("/embed?view=/search&" + query).status == status);
    }
  }
  CHECK(has(site.hub.body("/search?q=council&blog=nonexistent&topic=data"),
            "<a href=\"/search?q=council&amp;topic=data\">The same search without that</a>"));
}

TEST_CASE("an empty filter is no filter") {
  SearchSite site;
  site.post(site.ann, {{.title = "Bins"}});
  const auto query = "?q=council&blog=&organisation=&topic=&person=&language=&year=";
  CHECK(has(site.hub.body(std::string("/search") + query), "1 post for “council”."));
  CHECK(site.hub.get(std::string("/search.atom") + query).status == 200);
}

TEST_CASE("typing without a letter or digit is no words, and what is shown then is what the filters say") {
  SearchSite site;
  const auto leeds =
      site.hub.join({.title = "Leeds", .feed_url = "https://leeds.example/feed", .organisation = "Leeds City Council"});
  site.post(site.ann, {{.title = "Bins"}});
  site.post(leeds, {{.title = "Roads"}});
  for (const char* typed : {"", "q=%22&", "q=-&", "q=%E2%80%94&"}) {
    CAPTURE(typed);
    const auto page = site.hub.body(std::string("/search?") + typed + "year=2026");
    CHECK(has(page, "2 posts of 2026."));
    CHECK(has(page, "/search.atom?year=2026"));
    CHECK_FALSE(has(page, "There is no word"));
  }
  CHECK(has(site.hub.body("/search?blog=ann"), "1 post in the blog Ann."));
  CHECK(has(site.hub.body("/search?organisation=leeds-city-council&language=en"),
            "1 post from Leeds City Council in English."));
  CHECK(has(site.hub.body("/search?language=fr"), "Nothing found in the language “fr”."));
  CHECK(has(site.hub.body("/search?q=%22"), "There is no word in that to look for"));
  CHECK(has(site.hub.body("/search.json?year=2026"), "Search: posts of 2026"));
}

TEST_CASE("no cursor shows a post whose day has not come") {
  SearchSite site;
  site.post(site.ann, {{.title = "Secret plan"},
                       {.title = "Secret plan, ahead", .age = -hours(72)},
                       {.title = "Secret plan, further ahead", .age = -hours(120)}});
  for (const char* id : {"1", "2", "3"})
    for (const char* time : {"1", "1900000000"})
      for (const char* address :
           {"/search?q=plan&order=newest&before=", "/search.json?q=plan&before=", "/api/v1/entries?q=plan&before="}) {
        const auto path = std::string(address) + time + "-" + id;
        CHECK_MESSAGE(!has(site.hub.body(path), "ahead"), path);
      }
}

TEST_CASE("leaving out a topic that there is not is not found") {
  SearchSite site;
  site.post_daily(2);
  for (const char* path : {"/?without=nonsense", "/feed.atom?without=nonsense", "/feed.opml?without=nonsense",
                           "/embed?view=/&without=nonsense"})
    CHECK_MESSAGE(site.hub.get(path).status == 404, path);
  CHECK(site.hub.get("/?without=").status == 200);
  CHECK(site.hub.get("/?without=weeknotes").status == 200);
}

TEST_CASE("where nothing is found there is no heading of posts and no empty list") {
  SearchSite site;
  site.post(site.ann, {{.title = "Bins"}});
  for (const char* path : {"/search", "/search?q=zzzz", "/search?q=%22", "/search?q=zzzz&order=newest"}) {
    CAPTURE(path);
    const auto page = site.hub.body(path);
    CHECK_FALSE(has(page, "Posts found"));
    CHECK_FALSE(has(page, "<ol"));
  }
  CHECK(has(site.hub.body("/search?q=council"), "Posts found"));
}

TEST_CASE("every search can be had newest first, and there page by page to its oldest post and back") {
  SearchSite site;
  site.post_daily(70);
  const auto best = site.hub.body("/search?q=council&topic=&year=");
  CHECK(has(best, "70 posts for “council”, page 1 of 4."));
  CHECK(has(best, "<a href=\"/search?q=council&amp;order=newest\">Newest first</a>"));
  std::set<std::string> seen;
  int pages = 0;
  std::string page;
  for (std::string path = "/search?q=council&order=newest"; !path.empty(); path = link_before(page, " rel=\"next\"")) {
    CAPTURE(path);
    REQUIRE(++pages < 10);
    page = site.hub.body(path);
    CHECK(has(page, "Posts for “council”, newest first"));
    CHECK(has(page, "<a href=\"/search?q=council\">Best matches first</a>"));
    CHECK(has(page, "<mark>council</mark>"));
    CHECK(has(page, "<input type=\"hidden\" name=\"order\" value=\"newest\">"));
    CHECK(has(page, "/search.atom?q=council\""));  // a feed has but one order
    for (const auto& note : notes_in(page)) CHECK(seen.insert(note).second);
  }
  CHECK(pages == 3);
  CHECK(seen.size() == 70);
  CHECK(has(page, ">Note 69<"));
  const auto middle = link_before(page, " rel=\"prev\"");
  CHECK(has(site.hub.body(middle), ">Note 30<"));
  CHECK(link_before(site.hub.body(middle), " rel=\"prev\"") == "/search?q=council&order=newest");
}

TEST_CASE("a search newest first keeps its filters, and a place that leads nowhere leads to its first page") {
  SearchSite site;
  site.post_daily(3);
  const auto bob = site.hub.join({.title = "Bob", .feed_url = "https://bob.example/feed"});
  site.post(bob, {{.title = "Elsewhere"}});
  const auto page = site.hub.body("/search?q=council&blog=ann&order=newest");
  CHECK(has(page, "3 posts for “council”, newest first."));
  CHECK(has(page, ">Note 2<"));
  CHECK_FALSE(has(page, "Elsewhere"));
  CHECK(has(page, "<a href=\"/search?q=council&amp;blog=ann\">Best matches first</a>"));
  CHECK(has(page, "<a href=\"/search?q=council&amp;order=newest\">Search everywhere"));
  CHECK(has(site.hub.body("/search?blog=ann&order=newest"), "3 posts in the blog Ann, newest first."));
  for (const char* place : {"nonsense", "0-1"}) {
    const auto away = site.hub.get(std::string("/search?q=council&blog=ann&order=newest&before=") + place);
    CHECK(away.status == 303);
    CHECK(*away.header("Location") == "/search?q=council&blog=ann&order=newest");
  }
}

TEST_CASE("the best of very many are counted in a round number, and their last page leads to the others") {
  SearchSite site;
  site.post_daily(store::kNewestMatches + 60);
  CHECK(has(site.hub.body("/search?q=council"), "More than 200 posts for “council”, page 1 of 11."));
  CHECK_FALSE(has(site.hub.body("/search?q=council&page=10"), "Older ones match too"));
  const auto final_page = site.hub.body("/search?q=council&page=11");
  CHECK(has(final_page, "Older ones match too: <a href=\"/search?q=council&amp;order=newest\">"));
}

TEST_CASE("a post that shows nothing of what was looked for says where it was found") {
  SearchSite site;
  site.post(site.ann, {{.title = "Bins", .html = "<p>Some words about council services.</p><p>Potholes.</p>"},
                       {.title = "Roads", .tags = {"Highways"}}});
  CHECK(has(site.hub.body("/search?q=potholes"), "Found in the text of the post."));
  CHECK(has(site.hub.body("/search?q=highways"), "Found in its tags, or in the name of its writer or blog."));
  CHECK(has(site.hub.body("/search?q=potholes&order=newest"), "Found in the text of the post."));
  for (const char* path : {"/search?q=council", "/search?q=bins", "/search?year=2026", "/search?q=-bins"})
    CHECK_FALSE(has(site.hub.body(path), "Found in"));
}
