#include <doctest/doctest.h>

#include "base/passwords.h"
#include "server/first_start.h"
#include "server/session.h"
#include "tests/server/desk_site.h"

using namespace voice;
using namespace voice::server;
using namespace std::chrono;

namespace {
void add_user_with_password(DeskSite& site, const std::string& email, const std::string& password) {
  site.hub.db.write([&](store::Writer& db) {
    REQUIRE(store::add_user(
        db, {.email = email, .name = "Ada", .role = store::Role::editor, .password_hash = hash_password(password)},
        site.hub.clock.now()));
  });
}
}  // namespace

TEST_CASE("the first administrator is made through a one-time address, and only one is") {
  DeskSite site;
  const auto address = first_administrator_address(site.hub.db, site.hub.site);
  REQUIRE(address.starts_with("http://127.0.0.1:8080/links/"));
  const auto path = address.substr(std::string("http://127.0.0.1:8080").size());
  auto browser = site.browser();
  browser.get(path);
  browser.get(path);  // looking does not use it
  CHECK(browser.status() == 200);
  browser.submit(path, {{"name", ""}, {"email", "nobody"}, {"password", "short"}});
  CHECK(browser.status() == 422);
  CHECK(browser.says("Enter your name"));
  CHECK(browser.says("name@example.org"));
  CHECK(browser.says("at least 12 characters"));
  browser.submit(path, {{"name", "Ada"}, {"email", "ada@example.org"}, {"password", "correct horse battery"}});
  CHECK(store::count_administrators(*site.hub.db.reader()) == 1);
  CHECK(browser.cookies().contains("voice"));
  CHECK(site.browser().get(path).status == 410);
  CHECK(first_administrator_address(site.hub.db, site.hub.site).empty());
}

TEST_CASE("the one-time address is worth nothing once there is an administrator by another way") {
  DeskSite site;
  const auto path =
      first_administrator_address(site.hub.db, site.hub.site).substr(std::string("http://127.0.0.1:8080").size());
  auto browser = site.browser();
  browser.get(path);
  site.add_editor("ada@example.org", store::Role::administrator);
  browser.submit(path, {{"name", "Eve"}, {"email", "eve@example.org"}, {"password", "correct horse battery"}});
  CHECK(browser.status() == 410);
  CHECK(store::count_users(*site.hub.db.reader()) == 1);
}

TEST_CASE("a password signs in, and the browser's cookie is new each time") {
  DeskSite site;
  add_user_with_password(site, "ada@example.org", "correct horse battery");
  auto browser = site.browser();
  browser.get("/sign-in");
  browser.submit("/sign-in", {{"email", "Ada@example.org"}, {"password", "correct horse battery"}});
  const auto first = browser.cookies().at("voice");
  CHECK(first.size() == 43);
  browser.get("/editor/account");
  CHECK(browser.status() == 200);
  CHECK(browser.says("Signed in as Ada"));
  browser.submit("/sign-out");
  CHECK_FALSE(browser.cookies().contains("voice"));
  browser.cookies()["voice"] = first;  // the old cookie is worth nothing now
  browser.get("/editor/account");
  CHECK(browser.path().starts_with("/sign-in"));
}

TEST_CASE("an unknown address, a wrong password and an account without one are told the same") {
  DeskSite site;
  add_user_with_password(site, "ada@example.org", "correct horse battery");
  site.add_editor("bob@example.org");
  std::string first;
  for (const char* email : {"ada@example.org", "bob@example.org", "eve@example.org"}) {
    auto browser = site.browser();
    browser.get("/sign-in");
    browser.submit("/sign-in", {{"email", email}, {"password", "not the right one"}});
    CHECK(browser.status() == 422);
    auto words = replace_all(browser.words(), email, "X");
    if (first.empty()) first = words;
    CHECK(words == first);
  }
}

TEST_CASE("guessing is slowed by account and by network") {
  DeskSite site;
  add_user_with_password(site, "ada@example.org", "correct horse battery");
  const auto guess = [&](const std::string& email, const std::string& from) {
    auto browser = site.browser(from);
    browser.get("/sign-in");
    return browser.submit("/sign-in", {{"email", email}, {"password", "a guess that fails"}}).status;
  };
  for (int i = 0; i < 5; ++i) CHECK(guess("ada@example.org", "192.0.2." + std::to_string(i)) == 422);
  CHECK(guess("ada@example.org", "198.51.100.1") == 429);
  for (int i = 0; i < 30; ++i) guess("a" + std::to_string(i) + "@example.org", "203.0.113.9");
  CHECK(guess("other@example.org", "203.0.113.200") == 429);  // the same /24
  CHECK(guess("other@example.org", "203.0.114.1") == 422);
  site.hub.clock.advance(16min);
  CHECK(guess("ada@example.org", "192.0.2.1") == 422);
}

TEST_CASE("a letter signs in once, and no letter goes to an unknown address though the answer is the same") {
  DeskSite site;
  site.add_editor("ada@example.org");
  auto browser = site.browser();
  for (const char* email : {"eve@example.org", "ada@example.org"}) {
    browser.get("/sign-in");
    browser.submit("/sign-in", {{"email", email}, {"do", "letter"}});
    CHECK(browser.path() == "/sign-in/sent");
  }
  CHECK(site.letters() == 1);
  const auto link = site.link_in(site.letter_to("ada@example.org").text);
  auto scanner = site.browser();
  scanner.get(link);  // a mail scanner looks first
  browser.get(link);
  browser.submit(link);
  CHECK(browser.cookies().contains("voice"));
  CHECK(scanner.submit(link).status == 410);
  CHECK_FALSE(scanner.cookies().contains("voice"));
  CHECK(site.browser().get(link).status == 410);
}

TEST_CASE("a link that is too old does not work and says so") {
  DeskSite site;
  site.add_editor("ada@example.org");
  auto browser = site.browser();
  browser.get("/sign-in");
  browser.submit("/sign-in", {{"email", "ada@example.org"}, {"do", "letter"}});
  site.hub.clock.advance(61min);
  browser.get(site.link_in(site.letter_to("ada@example.org").text));
  CHECK(browser.status() == 410);
  CHECK(browser.says("too old"));
}

TEST_CASE("a form without its token, with another's or an old one changes nothing and says why") {
  DeskSite site;
  site.add_editor("ada@example.org");
  auto browser = site.browser();
  browser.get("/sign-in");
  const auto form = browser.find_form("/sign-in");
  const FormFields typed = Browser::with(form.fields, {{"email", "ada@example.org"}, {"do", "letter"}});
  auto other = site.browser();
  other.get("/sign-in");
  const auto others = other.find_form("/sign-in").fields;
  const struct {
    const char* name;
    std::string token;
  } cases[] = {{"missing", ""},
               {"nonsense", "x"},
               {"dots", ".."},
               {"another browser's", Browser::with(others, {}).front().second}};
  for (const auto& c : cases) {
    CAPTURE(c.name);
    browser.post("/sign-in", Browser::with(typed, {{"form_token", c.token}}));
    CHECK(browser.status() == 403);
    CHECK(browser.says("too old to send"));
  }
  site.hub.clock.advance(25h);
  browser.post("/sign-in", typed);
  CHECK(browser.status() == 403);
  CHECK(site.letters() == 0);
}

TEST_CASE("a form that is sent twice acts once") {
  DeskSite site;
  site.add_editor("ada@example.org");
  auto browser = site.browser();
  browser.get("/sign-in");
  const auto typed =
      Browser::with(browser.find_form("/sign-in").fields, {{"email", "ada@example.org"}, {"do", "letter"}});
  browser.post("/sign-in", typed);
  browser.post("/sign-in", typed);
  CHECK(browser.status() == 409);
  CHECK(browser.says("already sent"));
  CHECK(site.letters() == 1);
}

TEST_CASE("a form that had a problem can be put right and sent again with the token it had") {
  DeskSite site;
  site.add_editor("ada@example.org");
  auto browser = site.browser();
  browser.get("/sign-in");
  const auto typed = Browser::with(browser.find_form("/sign-in").fields, {{"email", "nonsense"}, {"do", "letter"}});
  CHECK(browser.post("/sign-in", typed).status == 422);
  CHECK(browser.post("/sign-in", Browser::with(typed, {{"email", "ada@example.org"}})).status == 200);
  CHECK(site.letters() == 1);
}

TEST_CASE("a form from another site is refused whatever it carries") {
  DeskSite site;
  site.add_editor("ada@example.org");
  auto browser = site.browser();
  browser.get("/sign-in");
  const auto typed =
      Browser::with(browser.find_form("/sign-in").fields, {{"email", "ada@example.org"}, {"do", "letter"}});
  const struct {
    const char* header;
    const char* value;
    int expected;
  } cases[] = {
      {"Origin", "https://evil.example", 403},
      {"Origin", "null", 403},
      {"Origin", "http://127.0.0.1:8080.evil.example", 403},
      {"Sec-Fetch-Site", "cross-site", 403},
      {"Sec-Fetch-Site", "same-site", 403},
      {"Origin", "http://127.0.0.1:8080", 303},
  };
  for (const auto& c : cases) {
    CAPTURE(c.value);
    auto request = browser.post_request("/sign-in", typed);
    request.headers.add(c.header, c.value);
    CHECK(browser.send(request).status == c.expected);
  }
  CHECK(site.letters() == 1);
}

TEST_CASE("after signing in nobody is sent to another site") {
  DeskSite site;
  add_user_with_password(site, "ada@example.org", "correct horse battery");
  for (const char* next : {"//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"}) {
    auto browser = site.browser();
    browser.get(std::string("/sign-in?next=") + next);
    const auto form = browser.find_form("/sign-in");
    const auto response = browser.send(browser.post_request(
        "/sign-in",
        Browser::with(form.fields,
                      {{"email", "ada@example.org"}, {"password", "correct horse battery"}, {"next", next}})));
    REQUIRE(response.status == 303);
    CHECK(*response.header("Location") == "/editor");
  }
}

TEST_CASE("over https the cookies carry the prefix that no other host can set") {
  DeskSite site;
  site.hub.settings.site.base_url = "https://hub.example";
  site.settings_base = "https://hub.example";
  auto browser = site.browser();
  const auto page = browser.send({.method = "GET", .path = "/sign-in"});
  const auto* cookie = page.header("Set-Cookie");
  REQUIRE(cookie);
  CHECK(cookie->starts_with("__Host-voice-visit="));
  CHECK(cookie->find("; Secure") != std::string::npos);
  CHECK(cookie->find("; HttpOnly") != std::string::npos);
  CHECK(cookie->find("; Path=/") != std::string::npos);
}

TEST_CASE("a network is what one office or subscriber has") {
  CHECK(network_of("192.0.2.77") == network_of("192.0.2.1"));
  CHECK(network_of("192.0.2.77") != network_of("192.0.3.77"));
  CHECK(network_of("2001:db8:1:a01::1") == network_of("2001:db8:1:aff:2::9"));
  CHECK(network_of("2001:db8:1:a01::1") != network_of("2001:db8:1:b01::1"));
}
