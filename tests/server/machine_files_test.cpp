#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <set>

#include "store/indexing.h"
#include "tests/server/page_site.h"
#include "views/assets.h"

namespace voice::server {
namespace {

using namespace std::chrono_literals;

struct MachineSite {
  MachineSite() { add_all_routes(router); }
  nlohmann::json api(const std::string& path) {
    const auto response = site.get(path);
    CAPTURE(path);
    REQUIRE(response.status == 200);
    CHECK(*response.header("Access-Control-Allow-Origin") == "*");
    return nlohmann::json::parse(response.bytes());
  }

  Router router;
  PageSite site{router};
  store::AddedBlog ann =
      site.join({.title = "Ann", .feed_url = "https://ann.example/feed", .home_url = "https://ann.example/"});
};

TEST_CASE("the API pages through every entry once, and each says whose it is") {
  MachineSite hub;
  std::vector<TestPost> posts;
  for (int n = 0; n < 45; ++n) posts.push_back({.title = "Post " + std::to_string(n), .age = 1h * (n + 1)});
  hub.site.post(hub.ann.feed, posts);
  std::set<std::string> seen;
  std::string path = "/api/v1/entries?blog=ann&limit=20";
  while (!path.empty()) {
    const auto page = hub.api(path);
    for (const auto& item : page["items"]) {
      CHECK(seen.insert(item["id"]).second);
      CHECK(item["blog"]["slug"] == "ann");
      CHECK(item["source"]["feed"] == "https://ann.example/feed");
    }
    path = page["next"].is_null() ? "" : std::string(page["next"]).substr(hub.site.settings.site.base_url.size());
  }
  CHECK(seen.size() == 45);
  CHECK(hub.api("/api/v1/entries/" + *seen.begin())["url"].is_string());
}

TEST_CASE("the API has a manual on the hub") {
  MachineSite hub;
  const auto manual = hub.site.get("/api");
  CHECK(manual.status == 200);
  CHECK(has(manual.bytes(), "/api/v1"));
  CHECK(has(manual.bytes(), "/embed?view=/topics/service-design&amp;amp;limit=5"));
}

TEST_CASE("the API says what is wrong with a question") {
  MachineSite hub;
  hub.site.post(hub.ann.feed, {{.title = "Bins"}});
  const struct {
    const char* path;
    int status;
    const char* code;
    const char* what;
  } cases[] = {
      {"/api/v1/entries?limit=0", 422, "malformed", "limit is a number"},
      {"/api/v1/entries?limit=many", 422, "malformed", "limit is a number"},
      {"/api/v1/entries?before=x", 422, "malformed", "before is a cursor"},
      {"/api/v1/entries?before=12-", 422, "malformed", "before is a cursor"},
      {"/api/v1/entries?blog=ann&topic=data", 422, "malformed", "give one of"},
      {"/api/v1/entries?q=%22", 422, "malformed", "q holds no word"},
      {"/api/v1/entries?blog=ann&year=2026", 422, "malformed",
       "there is no parameter \"year\" here; this address takes blog, topic, organisation, person, q, limit, before"},
      {"/api/v1/blogs?after=%22", 422, "malformed", "after is a cursor"},
      {"/api/v1/blogs?before=1-1", 422, "malformed", "this address takes limit, after"},
      {"/api/v1/topics?limit=2", 422, "malformed", "this address takes none"},
      {"/api/v1/organisations?kind=county", 422, "malformed", "\"kind\""},
      {"/api/v1/entries/1?full=1", 422, "malformed", "\"full\""},
      {"/api/v1/blogs/ann?full=1", 422, "malformed", "\"full\""},
      {"/api/v1/entries?blog=nobody", 404, "not_found", "nothing is called that"},
      {"/api/v1/entries?organisation=nobody", 404, "not_found", "nothing is called that"},
      {"/api/v1/entries/0", 404, "not_found", "no such entry"},
      {"/api/v1/entries/1x", 404, "not_found", "no such entry"},
      {"/api/v1/blogs/nobody", 404, "not_found", "no such blog"},
      {"/api/v1/nothing", 404, "not_found", "there is no such address; the manual is http://127.0.0.1:8080/api"},
      {"/api/v1", 404, "not_found", "no such address"},
      {"/api/v2/entries", 404, "not_found", "no such address"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.path);
    const auto response = hub.site.get(c.path);
    CHECK(response.status == c.status);
    CHECK(*response.header("Access-Control-Allow-Origin") == "*");
    const auto error = nlohmann::json::parse(response.bytes()).at("error");
    CHECK(error.at("code") == c.code);
    CHECK(has(error.at("what"), c.what));
  }
  CHECK(hub.api("/api/v1/entries?blog=&topic=&organisation=&person=&q=&before=")["items"].size() == 1);
  const auto refused = hub.site.send({.method = "DELETE", .path = "/api/v1/entries"});
  CHECK(refused.status == 405);
  CHECK(nlohmann::json::parse(refused.bytes())["error"]["code"] == "method_not_allowed");
}

TEST_CASE("the API says of what was taken away that it is gone, and nothing yet of a post whose day has not come") {
  MachineSite hub;
  const auto bob = hub.site.join({.title = "Bob", .feed_url = "https://bob.example/feed"});
  hub.site.post(hub.ann.feed, {{.title = "Tomorrow", .age = -24h}, {.title = "Hidden"}});
  hub.site.post(bob.feed, {{.title = "Bins"}});
  CHECK(hub.api("/api/v1/entries/3")["title"] == "Bins");
  hub.site.db.write([&](store::Writer& w) {
    w.change("UPDATE entries SET hidden_at = 1 WHERE title = 'Hidden'").run();
    store::set_blog_state(w, bob.blog, store::BlogState::left, hub.site.clock.now());
    store::bump_change_number(w);
  });
  for (const char* path :
       {"/api/v1/entries/1", "/api/v1/entries/3", "/api/v1/blogs/bob", "/api/v1/entries?blog=bob&limit=5"}) {
    CAPTURE(path);
    const auto response = hub.site.get(path);
    CHECK(response.status == 410);
    CHECK(nlohmann::json::parse(response.bytes())["error"]["code"] == "gone");
  }
  CHECK(hub.site.get("/api/v1/entries/2").status == 404);
}

TEST_CASE("a blog of the API names its organisation as the entries can be asked for") {
  MachineSite hub;
  hub.site.db.write([](store::Writer& w) { store::seed_reading(w); });
  const auto leeds =
      hub.site.join({.title = "Leeds", .feed_url = "https://leeds.example/feed", .organisation = "Leeds council"});
  hub.site.post(leeds.feed, {{.title = "Roads"}});
  hub.site.post(hub.ann.feed, {{.title = "Bins"}});
  store::index_all(hub.site.db, hub.site.clock);
  const auto blog = hub.api("/api/v1/blogs/leeds");
  CHECK(blog["organisation"] == "Leeds council");
  CHECK(blog["organisation_slug"] == "leeds-city-council");
  const std::string slug = blog["organisation_slug"];
  const auto entries = hub.api("/api/v1/entries?organisation=" + slug)["items"];
  REQUIRE(entries.size() == 1);
  CHECK(entries[0]["title"] == "Roads");
  CHECK(hub.api("/api/v1/blogs/ann")["organisation_slug"].is_null());
}

TEST_CASE("the API lists blogs by slug, a page at a time") {
  MachineSite hub;
  for (const char* name : {"Cat", "Bob", "Dee"})
    hub.site.join({.title = name, .feed_url = std::string("https://") + name + ".example/feed"});
  const auto first = hub.api("/api/v1/blogs?limit=3");
  CHECK(first["items"].size() == 3);
  CHECK(first["items"][1]["slug"] == "bob");
  const auto second = hub.api(std::string(first["next"]).substr(hub.site.settings.site.base_url.size()));
  CHECK(second["items"].size() == 1);
  CHECK(second["next"].is_null());
}

TEST_CASE("the list for other people's pages may be framed, and nothing else may") {
  MachineSite hub;
  hub.site.post(hub.ann.feed, {{.title = "Bins"}, {.title = "Older", .age = 2h}});
  const auto embed = hub.site.get("/embed?view=/blogs/ann&limit=1");
  REQUIRE(embed.status == 200);
  CHECK(has(embed.bytes(), "Bins"));
  CHECK_FALSE(has(embed.bytes(), "Older"));
  CHECK(has(*embed.header("Content-Security-Policy"), "frame-ancestors *"));
  CHECK(hub.site.get("/embed?view=/nowhere").status == 404);
  CHECK(has(*hub.site.get("/").header("Content-Security-Policy"), "frame-ancestors 'none'"));
}

TEST_CASE("every page of the sitemap answers, and no extract is in it") {
  MachineSite hub;
  hub.site.post(hub.ann.feed, {{.title = "Bins"}});
  const auto text = hub.site.body("/sitemap.xml");
  const auto& base = hub.site.settings.site.base_url;
  int pages = 0;
  for (auto at = text.find("<loc>"); at != std::string::npos; at = text.find("<loc>", at + 1)) {
    const auto address = text.substr(at + 5, text.find('<', at + 5) - at - 5);
    CAPTURE(address);
    REQUIRE(address.starts_with(base));
    CHECK(hub.site.get(address.substr(base.size())).status == 200);
    CHECK_FALSE(has(address, "/posts/"));
    ++pages;
  }
  CHECK(pages >= 8);
}

TEST_CASE("crawlers, browsers and researchers find the files they look for") {
  MachineSite hub;
  CHECK(has(hub.site.body("/robots.txt"), "Sitemap: http://127.0.0.1:8080/sitemap.xml"));
  CHECK(has(hub.site.body("/.well-known/security.txt"), "Expires: 2027-10-24T00:00:00Z"));
  CHECK(has(hub.site.body("/opensearch.xml"), "<ShortName>LocalGov Digital</ShortName>"));
  CHECK(*hub.site.get("/manifest.webmanifest").header("Content-Type") == "application/manifest+json");
  CHECK(hub.site.get("/favicon.ico").status == 200);
  CHECK(hub.site.get("/healthz").bytes() == "ok\n");
  CHECK(hub.site.get("/readyz").status == 200);
}

TEST_CASE("an asset lives for a year under its hash, and another hash is not found") {
  MachineSite hub;
  const auto path = views::asset_path("site.css");
  const auto response = hub.site.send({.path = path, .headers = {{"Accept-Encoding", "br"}}});
  CHECK(response.status == 200);
  CHECK(*response.header("Cache-Control") == "public, max-age=31536000, immutable");
  CHECK(*response.header("Content-Encoding") == "br");
  CHECK(hub.site.get("/static/site.000000000000.css").status == 404);
}

TEST_CASE("figures are in Prometheus' format, each described once") {
  MachineSite hub;
  hub.site.site.metrics.add_source(hub.site.dispatcher.metrics());
  hub.site.get("/");
  const auto text = hub.site.body("/metrics");
  CHECK(has(text, "# TYPE voice_http_responses_total counter\n"));
  CHECK(has(text, "voice_http_responses_total{class=\"2xx\"} 1\n"));
}

}  // namespace
}  // namespace voice::server
