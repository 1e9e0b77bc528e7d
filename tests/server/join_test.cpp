#include <doctest/doctest.h>

#include "server/feed_check.h"
#include "server/joining.h"
#include "store/applications.h"
#include "store/membership.h"
#include "tests/server/desk_site.h"
#include "tests/server/sample_blog.h"

using namespace voice;
using namespace voice::server;
using namespace std::chrono;

namespace {

// Answers everything up to the last page, as somebody who reads each page would.
void fill_in(Browser& browser, const std::string& address, const std::string& email = "ann@example.org") {
  browser.get("/add-your-blog");
  browser.submit("/add-your-blog", {{"address", address}});
  if (browser.path().ends_with("/feed")) browser.submit("/feed");
  REQUIRE_MESSAGE(browser.path().ends_with("/preview"), browser.words());
  const auto base = browser.path().substr(0, browser.path().rfind('/'));
  browser.get(base + "/title");
  browser.submit("/title", {{"title", "Ann's blog"}});
  browser.submit("/writer", {{"writer", "Ann"}});
  browser.submit("/organisation", {{"organisation", "Sample Council"}});
  browser.submit("/kind", {{"kind", "practitioner"}});
  browser.submit("/topics");
  browser.submit("/shown", {{"shown", "excerpt"}});
  browser.submit("/licence", {{"licence", "none"}});
  browser.submit("/email", {{"email", email}});
  REQUIRE_MESSAGE(browser.path().ends_with("/check"), browser.path() << " " << browser.words());
}

}  // namespace

TEST_CASE("a blogger joins: address, choice, preview, questions, check, reference and letter") {
  DeskSite site;
  SampleBlog blog;
  auto browser = site.browser();
  browser.get("/add-your-blog");
  browser.submit("/add-your-blog", {{"address", blog.url("/")}});
  CHECK(browser.says("Which feed shall we read?"));
  CHECK(browser.says("Sample comments"));
  browser.submit("/feed");
  CHECK(browser.says("Sixth"));
  CHECK(browser.says("Third"));
  CHECK_FALSE(browser.says("First"));  // the sixth newest
  CHECK_FALSE(browser.says("alert(1)"));
  CHECK(browser.says("without encryption"));
  fill_in(browser, blog.url("/"));
  CHECK(browser.says("Sample Council"));
  browser.submit("/check");
  CHECK(browser.status() == 422);
  CHECK(browser.says("Confirm that you may register this blog"));
  browser.submit("/check", {{"has_right", "yes"}});
  CHECK(browser.path().ends_with("/sent"));
  const auto waiting = store::waiting_applications(*site.hub.db.reader());
  REQUIRE(waiting.size() == 1);
  CHECK(browser.says(waiting[0].reference));
  CHECK(waiting[0].answers.organisation == "Sample Council");
  CHECK(site.letter_to("ann@example.org").text.find(waiting[0].reference) != std::string::npos);
}

TEST_CASE("each thing that can be wrong with an address has its own sentence") {
  DeskSite site;
  SampleBlog blog;
  testing::TinyOrigin shop([](const testing::Seen& seen) {
    return seen.target() == "/" ? testing::ok("<p>No feed here</p>") : testing::status(404);
  });
  const struct {
    const char* name;
    std::string address;
    const char* says;
  } cases[] = {
      {"nothing", "", "Enter your blog’s address"},
      {"no address", "not an address", "address"},
      {"a script", "javascript:alert(1)", "address"},
      {"a page without a feed", shop.url("/"), "found no feed"},
      {"behind a password", blog.url("/private"), "password"},
      {"gone", blog.url("/gone"), "410"},
      {"not there", blog.url("/nothing"), "404"},
      {"a private address", "http://10.0.0.1/", "private"},
      {"leads to a private address", blog.url("/away"), "private"},
      {"too long", std::string(2000, 'a') + ".example", "Shorten"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    auto browser = site.browser();
    browser.get("/add-your-blog");
    browser.submit("/add-your-blog", {{"address", c.address}});
    CHECK(browser.status() == 422);
    CHECK_MESSAGE(find_ignoring_case(unescaped(browser.page()), c.says) != std::string::npos, browser.words());
    CHECK(browser.page().find("<title>Error: ") != std::string::npos);
    if (!c.address.empty() && c.address.size() < 1000) CHECK(browser.says(c.address));  // what was typed is kept
  }
}

TEST_CASE("answers are kept, can be changed from the check page, and open in no other browser") {
  DeskSite site;
  SampleBlog blog;
  auto browser = site.browser();
  fill_in(browser, blog.url("/feed"));
  const auto check = browser.path();
  const auto base = check.substr(0, check.rfind('/'));
  browser.get(base + "/writer?from=check");
  CHECK(browser.find_form("/writer").fields.back().second == "Ann");
  browser.submit("/writer", {{"writer", ""}});
  CHECK(browser.status() == 422);
  CHECK(browser.says("Enter who writes it"));
  browser.submit("/writer", {{"writer", "Ann & Bob"}});
  CHECK(browser.path() == check);
  CHECK(browser.says("Ann & Bob"));
  auto other = site.browser();
  other.get(check);
  CHECK(other.path() == "/add-your-blog");
}

TEST_CASE("hostile answers are text, or are refused in a sentence") {
  DeskSite site;
  SampleBlog blog;
  auto browser = site.browser();
  fill_in(browser, blog.url("/feed"));
  const auto base = browser.path().substr(0, browser.path().rfind('/'));
  browser.get(base + "/title");
  browser.submit("/title", {{"title", "<script>alert(1)</script>'; DROP TABLE users;--\r\nX: y\xE2\x80\xAEgnp"}});
  browser.get(base + "/check");
  CHECK(browser.page().find("<script>alert(1)") == std::string::npos);
  CHECK(browser.says("<script>alert(1)</script>'; DROP TABLE users;-- X: ygnp"));
  for (const char* email : {"", "nobody", "a@b.example\r\nBcc: c@d.example", "a@b.example, c@d.example",
                            "\"<x>\"@b.example", "a\xE2\x80\xAE@b.example"}) {
    CAPTURE(email);
    browser.get(base + "/email");
    browser.submit("/email", {{"email", email}});
    CHECK(browser.status() == 422);
  }
  for (const char* question : {"kind", "shown", "licence"}) {
    browser.get(base + "/" + question);
    browser.submit(std::string("/") + question, {{question, "something else"}});
    CHECK(browser.status() == 422);
  }
  browser.get(base + "/title");
  browser.submit("/title", {{"title", std::string(5000, 'x')}});
  CHECK(browser.status() == 422);
  CHECK(browser.says("100 characters"));
}

TEST_CASE("a second application for the same feed is told, and sending twice stores one") {
  DeskSite site;
  SampleBlog blog;
  auto first = site.browser(), second = site.browser();
  fill_in(first, blog.url("/feed"));
  fill_in(second, blog.url("/feed"), "bob@example.org");
  const auto form = first.find_form("/check");
  const auto typed = Browser::with(form.fields, {{"has_right", "yes"}});
  first.post(form.action, typed);
  first.post(form.action, typed);
  CHECK(first.status() == 409);
  second.submit("/check", {{"has_right", "yes"}});
  CHECK(second.status() == 409);
  CHECK(second.says("waiting for an editor already"));
  CHECK(store::count_waiting_applications(*site.hub.db.reader()) == 1);
  CHECK(site.letters() == 1);
}

TEST_CASE("a member's feed cannot be added again") {
  DeskSite site;
  SampleBlog blog;
  site.hub.db.write([&](store::Writer& db) {
    REQUIRE(store::add_blog(db, {.title = "Old friend", .feed_url = blog.url("/feed")}, site.hub.clock.now()));
  });
  auto browser = site.browser();
  browser.get("/add-your-blog");
  browser.submit("/add-your-blog", {{"address", blog.url("/feed")}});
  CHECK(browser.status() == 422);
  CHECK(browser.says("a member already, as “Old friend”"));
}

TEST_CASE("a blog is proved by a meta element, a rel=me link or a word in its feed") {
  const struct {
    const char* name;
    const char* by;
  } cases[] = {{"nothing", ""}, {"meta", "meta"}, {"link", "link"}, {"word", "feed"}};
  for (const auto& c : cases) {
    CAPTURE(c.name);
    DeskSite site;
    SampleBlog blog;
    auto browser = site.browser();
    fill_in(browser, blog.url("/feed"));
    browser.submit("/check", {{"has_right", "yes"}});
    const auto application = store::waiting_applications(*site.hub.db.reader()).front();
    const auto ways = proof_ways(site.hub.site, application, "", "");
    if (c.by == std::string("meta")) blog.head.with([&](auto& head) { head = ways.meta; });
    if (c.by == std::string("link"))
      blog.head.with(
          [&](auto& head) { head = "<a rel=me href='" + proof_address(site.hub.site, ways.word) + "'>x</a>"; });
    if (c.by == std::string("feed")) blog.items.with([&](auto& items) { items += sample_post(7, ways.word); });
    browser.submit("/prove");
    CHECK(browser.says(c.by[0] == '\0' ? "We did not find it" : "Proved"));
    CHECK(store::find_application(*site.hub.db.reader(), application.id)->proved_by == c.by);
  }
}

TEST_CASE("where the settings say so a proved blog joins by itself") {
  DeskSite site;
  site.hub.settings.desk.accept_proven_blogs = true;
  SampleBlog blog;
  auto browser = site.browser();
  fill_in(browser, blog.url("/feed"));
  browser.submit("/check", {{"has_right", "yes"}});
  const auto id = store::waiting_applications(*site.hub.db.reader()).front().id;
  const auto word = store::find_application(*site.hub.db.reader(), id)->proof_word;
  blog.items.with([&](auto& items) { items += sample_post(7, word); });
  browser.submit("/prove");
  CHECK(browser.says("your blog has joined"));
  CHECK(store::find_application(*site.hub.db.reader(), id)->decided_by == "the hub");
  CHECK(store::audit_lines(*site.hub.db.reader(), {}).front().act.actor == "the hub");
  CHECK(site.letter_to("ann@example.org").subject == "Your blog has joined");
}

TEST_CASE("blogs that are slow to answer never take more than half of the workers from the readers") {
  DeskSite site;
  SampleBlog blog;
  auto browser = site.browser();
  {
    std::vector<Looks::Place> others;
    for (int n = 0; n < site.hub.settings.server.threads / 2; ++n) {
      others.push_back(site.hub.site.looks.begin());
      REQUIRE(others.back());
    }
    browser.get("/add-your-blog");
    browser.submit("/add-your-blog", {{"address", blog.url("/feed")}});
    CHECK(browser.status() == 503);
    CHECK(browser.says("Please try again in half a minute"));
    CHECK(browser.says("Nothing has been changed"));
    browser.get("/add-your-blog");
    CHECK(browser.status() == 200);
  }
  browser.submit("/add-your-blog", {{"address", blog.url("/feed")}});
  CHECK(browser.path().ends_with("/preview"));
}
