#include "server/dispatcher.h"

#include <doctest/doctest.h>

#include "server/response.h"
#include "server/router.h"
#include "store/db.h"
#include "tests/server/test_site.h"

namespace voice::server {
namespace {

Response says(const std::string& text) { return html("<p>" + text + "</p>"); }

TEST_CASE("a path finds its route, and captures are whole segments or parts of one") {
  Router router;
  router.page("/blogs/{slug}", [](const Request& request, const Site&, store::Reader&) {
    return says("blog " + request.captures.get("slug"));
  });
  router.page("/blogs/new", [](const Request&, const Site&, store::Reader&) { return says("new"); });
  router.page("/archive/{year}/{month}.atom", [](const Request& request, const Site&, store::Reader&) {
    return says(request.captures.get("year") + " and " + request.captures.get("month"));
  });
  TestSite test(router);
  CHECK(test.get("/blogs/leeds").bytes() == "<p>blog leeds</p>");
  CHECK(test.get("/blogs/new").bytes() == "<p>new</p>");
  CHECK(test.get("/archive/2026/05.atom").bytes() == "<p>2026 and 05</p>");
  CHECK(test.get("/archive/2026/.atom").status == 404);
  CHECK(test.get("/blogs/a/b").status == 404);
  CHECK(test.get("/blogs/").status == 404);
}

TEST_CASE("a wrong method is told which ones would do") {
  Router router;
  router.post("/join", Who::machine, [](const Request&, const Site&, store::Database&) { return see_other("/"); });
  router.page("/about", [](const Request&, const Site&, store::Reader&) { return says("about"); });
  TestSite test(router);
  const auto refused = test.get("/join");
  CHECK(refused.status == 405);
  CHECK(*refused.header("Allow") == "POST");
  CHECK(*test.send({.method = "DELETE", .path = "/about"}).header("Allow") == "GET, HEAD");
  CHECK(test.send({.method = "BREW", .path = "/nowhere"}).status == 404);
}

TEST_CASE("a page is made once until the store changes, and again on another day") {
  Router router;
  int made = 0;
  router.page("/", [&](const Request&, const Site&, store::Reader&) { return says(std::to_string(++made)); });
  TestSite test(router);
  CHECK(test.get("/").bytes() == "<p>1</p>");
  CHECK(test.get("/").bytes() == "<p>1</p>");
  test.db.write([](store::Writer& db) { store::bump_change_number(db); });
  CHECK(test.get("/").bytes() == "<p>2</p>");
  test.clock.advance(std::chrono::hours(24));
  CHECK(test.get("/").bytes() == "<p>3</p>");
}

TEST_CASE("pages rest between the commits of a poll, and follow a form at once") {
  Router router;
  int made = 0;
  router.page("/", [&](const Request&, const Site&, store::Reader&) { return says(std::to_string(++made)); });
  router.post("/join", Who::machine, [](const Request&, const Site&, store::Database& db) {
    db.write([](store::Writer& writer) { store::bump_change_number(writer); });
    return see_other("/");
  });
  TestSite test(router);
  Dispatcher dispatcher(router, test.site, test.db, std::chrono::hours(1));
  const auto page = [&] { return dispatcher.answer({.method = "GET", .path = "/"}).bytes(); };
  const auto poll = [&] { test.db.write([](store::Writer& writer) { store::bump_change_number(writer); }); };
  CHECK(page() == "<p>1</p>");
  poll();
  CHECK(page() == "<p>1</p>");
  CHECK(dispatcher.answer({.method = "POST", .path = "/join"}).status == 303);
  CHECK(page() == "<p>2</p>");
  poll();
  CHECK(page() == "<p>2</p>");
}

TEST_CASE("a reader who has the page is told so before it is made") {
  Router router;
  router.page("/", [&](const Request&, const Site&, store::Reader&) { return says(std::string(1000, 'x')); });
  TestSite test(router);
  const auto first = test.get("/");
  const std::string tag = *first.header("ETag");
  for (const std::string& sent : {tag, "W/" + tag, "\"other\", " + tag, std::string("*")}) {
    CAPTURE(sent);
    const auto again = test.send({.path = "/", .headers = {{"If-None-Match", sent}}});
    CHECK(again.status == 304);
    CHECK(again.bytes().empty());
    CHECK(*again.header("ETag") == tag);
  }
  CHECK(test.send({.path = "/", .headers = {{"If-None-Match", "\"other\""}}}).status == 200);
  CHECK(test.send({.path = "/", .headers = {{"If-Modified-Since", *first.header("Last-Modified")}}}).status == 304);
}

TEST_CASE("a page that comes out the same after a change keeps its tag and its date") {
  Router router;
  router.page("/", [&](const Request&, const Site&, store::Reader&) { return says("same"); });
  TestSite test(router);
  const auto first = test.get("/");
  test.clock.advance(std::chrono::minutes(5));
  test.db.write([](store::Writer& db) { store::bump_change_number(db); });
  const auto second = test.get("/");
  CHECK(*first.header("ETag") == *second.header("ETag"));
  CHECK(*first.header("Last-Modified") == *second.header("Last-Modified"));
}

TEST_CASE("each encoding has its own strong tag, and what refuses one does not get it") {
  Router router;
  router.page("/", [&](const Request&, const Site&, store::Reader&) { return says(std::string(1000, 'x')); });
  TestSite test(router);
  const auto encoding_for = [&](const char* accept) {
    const auto response = test.send({.path = "/", .headers = {{"Accept-Encoding", accept}}});
    const std::string* encoding = response.header("Content-Encoding");
    return encoding ? *encoding : std::string();
  };
  CHECK(encoding_for("gzip, deflate, br") == "br");
  CHECK(encoding_for("gzip") == "gzip");
  CHECK(encoding_for("gzip;q=0, identity") == "");
  CHECK(encoding_for("gzip;q=0.5") == "gzip");
  const auto plain_tag = *test.get("/").header("ETag");
  const auto zipped = test.send({.path = "/", .headers = {{"Accept-Encoding", "gzip"}}});
  CHECK(*zipped.header("ETag") != plain_tag);
  CHECK(zipped.bytes().size() < 200);
  CHECK(zipped.header("Vary")->find("Accept-Encoding") != std::string::npos);
}

TEST_CASE("a handler that throws costs its visitor one page, and tells the reference and nothing else") {
  Router router;
  router.page("/", [](const Request&, const Site&, store::Reader&) -> Response {
    throw std::runtime_error("the secret path /var/lib/voice.db");
  });
  TestSite test(router);
  const auto response = test.get("/");
  CHECK(response.status == 500);
  CHECK(response.bytes().find("secret") == std::string::npos);
  CHECK(response.bytes().find("reference") != std::string::npos);
  CHECK(test.log.text().find("the secret path") != std::string::npos);
}

TEST_CASE("every answer says what a browser may do with it") {
  Router router;
  router.page("/", [](const Request&, const Site&, store::Reader&) { return says("page"); });
  TestSite test(router);
  for (const char* path : {"/", "/nowhere"}) {
    CAPTURE(path);
    const auto response = test.get(path);
    CHECK(response.header("Content-Security-Policy")->find("frame-ancestors 'none'") != std::string::npos);
    CHECK(*response.header("X-Content-Type-Options") == "nosniff");
    CHECK(response.header("Referrer-Policy"));
    CHECK(response.header("Cache-Control"));
  }
}

TEST_CASE("a form sent from another site is refused before its handler runs") {
  Router router;
  bool ran = false;
  router.post("/join", Who::anyone, [&](const Request&, const Site&, store::Database&) {
    ran = true;
    return see_other("/");
  });
  TestSite test(router);
  CHECK(test.send({.method = "POST", .path = "/join", .headers = {{"Origin", "https://evil.example"}}}).status == 403);
  CHECK(test.send({.method = "POST", .path = "/join", .headers = {{"Sec-Fetch-Site", "cross-site"}}}).status == 403);
  CHECK_FALSE(ran);
}

TEST_CASE("a header is one line, and a redirect stays here") {
  Response response;
  response.set("X-Note", "one\r\nSet-Cookie: a=b");
  CHECK(*response.header("X-Note") == "oneSet-Cookie: a=b");
  CHECK(*see_other("//evil.example/").header("Location") == "/");
  CHECK(*see_other("/\\evil.example").header("Location") == "/");
  CHECK(*see_other("/blogs?page=2").header("Location") == "/blogs?page=2");
}

}  // namespace
}  // namespace voice::server
