// Bloggers, editors and guests on the built binary, over real sockets: every form is read from the page that holds it, and
// every link from the letter that a local mail catcher was given.
#include <algorithm>
#include <doctest/doctest.h>
#include <functional>
#include <memory>
#include <signal.h>
#include <thread>

#include "base/text.h"
#include "base/url.h"
#include "feeds/document.h"
#include "tests/app/process.h"
#include "tests/fetcher/smtp_catcher.h"
#include "tests/server/browser.h"
#include "tests/server/sample_blog.h"
#include "tests/server/socket_transport.h"

using namespace voice;
using namespace voice::app;
using namespace std::chrono_literals;
using server::Browser;

namespace {

/// A hub with a mail catcher and a blog beside it.
struct Hub {
  fetcher::SmtpCatcher mail;
  server::SampleBlog blog;
  ScratchFolder folder;
  std::string config;
  std::unique_ptr<Child> child;
  int port = 0;

  Hub() {
    config = folder.write(
        "voice.toml", "[site]\nbase_url = \"http://hub.example\"\n[store]\ndatabase = \"" + folder.file("voice.db") +
                          "\"\nmembers = \"\"\n[server]\nlisten = \"127.0.0.1:0\"\n[fetch]\nallow_private_networks = "
                          "[\"127.0.0.0/8\"]\nallow_ports = "
                          "[\"1-65535\"]\nmin_interval_seconds = 1\nfirst_interval_seconds = 1\n[mail]\nsmtp_url = \"" +
                          mail.url() + "\"\nfrom = \"Hub <hub@hub.example>\"\n");
    child = std::make_unique<Child>(std::vector<std::string>{VOICE_BINARY, "serve", "--config", config});
    REQUIRE_MESSAGE(child->says("listening on http://127.0.0.1:", 60s), child->err());
    const auto text = child->err();
    port = std::atoi(text.c_str() + text.find("http://127.0.0.1:") + 17);
  }

  Browser browser() const {
    return Browser([this](const server::Request& request) { return server::over_socket(port, request); });
  }
  /// The path of a link of this hub in a text; letters fold lines softly, so those are joined first.
  static std::string link_in(std::string text) {
    text = replace_all(replace_all(text, "=\r\n", ""), "=3D", "=");
    const auto at = text.find("http://hub.example/links/");
    REQUIRE_MESSAGE(at != std::string::npos, text);
    const auto start = at + std::string("http://hub.example").size();
    return text.substr(start, text.find_first_of("\r\n \"", start) - start);
  }
  /// Waits for a letter to `recipient` with that subject.
  std::string letter(const std::string& recipient, const std::string& subject) {
    const auto end = std::chrono::steady_clock::now() + 30s;
    while (std::chrono::steady_clock::now() < end) {
      for (const auto& caught : mail.letters())
        if (caught.to.front() == "<" + recipient + ">" && caught.bytes.find("Subject: " + subject) != std::string::npos)
          return caught.bytes;
      std::this_thread::sleep_for(50ms);
    }
    FAIL("no letter \"" << subject << "\" to " << recipient);
    return {};
  }
  Browser follow(const std::string& letter_bytes) {
    auto person = browser();
    const auto link = link_in(letter_bytes);
    person.get(link);
    person.submit(link);
    return person;
  }
  Browser administrator() {
    REQUIRE(child->says("make the first administrator at http://hub.example/links/"));
    auto person = browser();
    const auto link = link_in(child->err());
    person.get(link);
    person.submit(link, {{"name", "Ada Byron"}, {"email", "ada@hub.example"}, {"password", "correct horse battery"}});
    REQUIRE_MESSAGE(person.path() == "/editor", person.words());
    return person;
  }
  void apply_to_join() {
    auto ann = browser();
    ann.get("/add-your-blog");
    ann.submit("/add-your-blog", {{"address", blog.url("/")}});
    ann.submit("/feed");
    REQUIRE_MESSAGE(ann.path().ends_with("/preview"), ann.words());
    const auto base = ann.path().substr(0, ann.path().rfind('/'));
    ann.get(base + "/title");
    ann.submit("/title", {{"title", "Ann's blog"}});
    ann.submit("/writer", {{"writer", "Ann"}});
    ann.submit("/organisation");
    ann.submit("/kind", {{"kind", "practitioner"}});
    ann.submit("/topics", {{"topics", "data"}});
    ann.submit("/shown", {{"shown", "excerpt"}});
    ann.submit("/licence", {{"licence", "none"}});
    ann.submit("/email", {{"email", "ann@blog.example"}});
    ann.submit("/check", {{"has_right", "yes"}});
    REQUIRE_MESSAGE(ann.path().ends_with("/sent"), ann.words());
  }
  std::string first_application(Browser& editor) {
    editor.get("/editor/queue");
    const auto at = editor.page().find("/editor/applications/");
    REQUIRE_MESSAGE(at != std::string::npos, editor.words());
    return editor.page().substr(at, editor.page().find('"', at) - at);
  }
};

bool comes_true(const std::function<bool()>& check, std::chrono::seconds longest = 30s) {
  const auto end = std::chrono::steady_clock::now() + longest;
  while (!check()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(100ms);
  }
  return true;
}

feeds::Feed feed_at(Browser& reader, const std::string& path) {
  reader.get(path);
  const auto bytes = reader.page();
  auto feed = feeds::read_document({.bytes = bytes, .url = "http://hub.example" + path, .content_type = ""});
  REQUIRE_MESSAGE(feed, path << ": " << (feed ? "" : feed.error().what));
  return *feed;
}

bool names(const feeds::Feed& feed, const std::string& title) {
  return std::ranges::any_of(feed.entries, [&](const feeds::Entry& entry) { return entry.title == title; });
}

}  // namespace

TEST_CASE(
    "a blogger joins and is accepted, the post is in the river and the feed, an editor features it, the blogger "
    "leaves") {
  Hub hub;
  auto editor = hub.administrator();
  hub.apply_to_join();
  hub.letter("ann@blog.example", "We have your application");
  editor.get(hub.first_application(editor));
  CHECK(editor.says("Sixth"));
  editor.submit("/accept");
  CHECK(editor.says("The blog has joined"));
  auto reader = hub.browser();
  CHECK(comes_true([&] {
    reader.get("/");
    return reader.says("Sixth");
  }));
  CHECK(names(feed_at(reader, "/feed.atom"), "Sixth"));
  CHECK(names(feed_at(reader, "/feed.json"), "Sixth"));

  editor.get("/editor/posts?q=Sixth");
  const auto at = editor.page().find("/editor/posts/");
  REQUIRE(at != std::string::npos);
  editor.get(editor.page().substr(at, editor.page().find('"', at) - at));
  editor.submit("/feature", {{"sentence", "Because it is the sixth."}, {"days", "3"}, {"position", "1"}});
  CHECK_MESSAGE(editor.says("The post is featured"), editor.words());
  for (const char* path : {"/", "/featured"}) {
    CAPTURE(path);
    reader.get(path);
    CHECK(reader.says("Because it is the sixth."));
  }
  CHECK(names(feed_at(reader, "/featured.atom"), "Sixth"));

  auto ann = hub.follow(hub.letter("ann@blog.example", "Your blog has joined"));
  CHECK(ann.says("Working"));
  CHECK(ann.says("Sixth"));
  const auto mine = ann.path();
  ann.get(mine + "/leave");
  ann.submit("/leave");
  CHECK(ann.says("Your blog has left"));
  reader.get("/");
  CHECK_FALSE(reader.says("Sixth"));
  reader.get("/blogs");
  CHECK_FALSE(reader.says("Ann's blog"));
  CHECK_FALSE(names(feed_at(reader, "/feed.atom"), "Sixth"));
  hub.child->signal(SIGTERM);
  CHECK(hub.child->wait(20s) == 0);
}

TEST_CASE("an application is declined with a reason, and of two editors the second is told") {
  Hub hub;
  auto ada = hub.administrator();
  Child add({VOICE_BINARY, "user", "add", "bob@hub.example", "--name", "Bob", "--config", hub.config});
  REQUIRE(add.wait(20s) == 0);
  auto asked = hub.browser();
  asked.get("/sign-in");
  asked.submit("/sign-in", {{"email", "bob@hub.example"}, {"do", "letter"}});
  auto bob = hub.follow(hub.letter("bob@hub.example", "Your link to sign in"));
  CHECK(bob.path() == "/editor");
  hub.apply_to_join();
  const auto path = hub.first_application(ada);
  ada.get(path);
  bob.get(path);
  bob.submit("/decline", {{"reason", "It is about trains."}});
  CHECK(hub.letter("ann@blog.example", "About your application").find("It is about trains.") != std::string::npos);
  ada.submit("/accept");
  CHECK(ada.status() == 409);
  CHECK(ada.says("was declined by Bob"));
  auto reader = hub.browser();
  reader.get("/blogs");
  CHECK_FALSE(reader.says("Ann's blog"));
}

TEST_CASE("a guest without an account gets a post published") {
  Hub hub;
  auto editor = hub.administrator();
  auto asked = hub.browser();
  asked.get("/guest-posts/submit");
  asked.submit("/guest-posts/submit", {{"email", "gus@guest.example"}});
  auto gus = hub.follow(hub.letter("gus@guest.example", "Your link to write a guest post"));
  gus.submit("/drafts");
  const auto draft = gus.path();
  const std::string text =
      "First words of it.\n\n## A heading\n\n" + std::string(9000, 'w') + " <script>alert(1)</script> end";
  gus.submit(draft, {{"title", "What the library knows"}, {"byline", "Gus"}, {"markdown", text}, {"do", "send"}});
  REQUIRE_MESSAGE(gus.says("We have your post"), gus.words());
  editor.get("/editor/guest-posts");
  const auto at = editor.page().find("/editor/guest-posts/");
  REQUIRE(at != std::string::npos);
  editor.get(editor.page().substr(at, editor.page().find('"', at) - at));
  editor.submit("/publish");
  CHECK_MESSAGE(editor.says("It is out"), editor.words());
  hub.letter("gus@guest.example", "Your guest post is published");
  auto reader = hub.browser();
  reader.get("/");
  CHECK(reader.says("What the library knows"));
  reader.get("/guest-posts");
  CHECK(reader.says("What the library knows"));
  reader.get("/guest-posts/what-the-library-knows");
  CHECK(reader.status() == 200);
  CHECK(reader.page().find("<script>alert(1)") == std::string::npos);
  for (const char* path : {"/feed.atom", "/feed.rss", "/feed.json"}) {
    CAPTURE(path);
    const auto feed = feed_at(reader, path);
    REQUIRE(names(feed, "What the library knows"));
    CHECK(feed.entries.front().id == "tag:hub.example,2026-01-01:/guest-posts/what-the-library-knows");
    CHECK(feed.entries.front().content_html.find(std::string(9000, 'w')) != std::string::npos);  // in full
  }
}

TEST_CASE("each form that anybody can reach meets emptiness, floods, foreign origins and replays with a sentence") {
  Hub hub;
  for (const char* path : {"/add-your-blog", "/my-blog", "/guest-posts/submit", "/sign-in"}) {
    CAPTURE(path);
    auto browser = hub.browser();
    browser.get(path);
    const auto form = browser.find_form(path);
    const auto token_only = server::FormFields{form.fields.front()};
    REQUIRE(form.fields.front().first == "form_token");

    browser.post(path, token_only);  // every field missing
    CHECK(browser.status() == 422);
    CHECK(browser.page().find("error-summary") != std::string::npos);

    auto long_fields = form.fields;
    for (auto& [name, value] : long_fields)
      if (name != "form_token") value = std::string(9000, 'x');
    browser.post(path, long_fields);
    CHECK(browser.status() == 422);

    auto flood = form.fields;
    flood.emplace_back("flood", std::string(10'000'000, 'x'));
    const auto answer = browser.send(browser.post_request(path, flood));
    CHECK(answer.status == 413);

    auto foreign = browser.post_request(path, form.fields);
    foreign.headers.add("Origin", "https://evil.example");
    CHECK(browser.send(foreign).status == 403);

    CHECK(browser.send(browser.post_request(path, {{"email", "a@b.example"}})).status == 403);  // no token
    CHECK(
        browser
            .send(browser.post_request(path + std::string("?form_token=") + percent_encode(form.fields.front().second),
                                       {{"email", "a@b.example"}}))
            .status == 403);  // in the address
  }
  auto browser = hub.browser();
  browser.get("/guest-posts/submit");
  const auto form = browser.find_form("/guest-posts/submit");
  const auto typed = Browser::with(form.fields, {{"email", "gus@guest.example"}});
  browser.post("/guest-posts/submit", typed);
  CHECK(browser.post("/guest-posts/submit", typed).status == 409);
  hub.letter("gus@guest.example", "Your link");
  std::this_thread::sleep_for(6s);  // another round of letters
  CHECK(hub.mail.letters().size() == 1);
}
