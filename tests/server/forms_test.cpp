// Every form of the hub against everything a form must stand, on a real socket: fields that are missing, too long or hostile,
// tokens and origins that are not ours, floods, other methods and other bodies, and the same sent twice. Forms and tokens
// are read from the pages; which routes there are is asked of the router.
#include <algorithm>
#include <doctest/doctest.h>
#include <future>
#include <set>

#include "feeds/document.h"
#include "fetcher/mail_message.h"
#include "tests/server/form_table.h"

using namespace voice;
using namespace voice::server;
using namespace std::string_literals;

namespace {

// What opens an element, leaves an attribute, ends a statement, a section or a template.
const std::string kMarkup = "<script>alert(1)</script>\" onfocus=\"alert(2)' {{{x}}}]]>'); DROP TABLE users;--";
// What ends a header or a text, is no UTF-8, or turns the words around it.
const std::string kControls =
    "x\r\nBcc: eve@example.org\r\nX-Injected: 1\r\n\r\n\0y\xFF\xC3(\xE2\x80\xAE"
    "exe\xE2\x81\xA6."s;

/// What is wrong with a page that holds hostile words; empty where they are only words.
std::string harm_in(const std::string& page) {
  if (!is_valid_utf8(page)) return "it is not UTF-8";
  if (page.find('\0') != std::string::npos) return "it holds a NUL";
  for (const char* sign : {"<script>alert(1)", "\" onfocus=\"alert(2)", "\xE2\x80\xAE", "\xE2\x81\xA6"})
    if (page.find(sign) != std::string::npos) return std::string("it holds ") + sign;
  return {};
}

std::string harm_in_headers(const Response& response) {
  for (const auto& [name, value] : response.headers) {
    if (name == "X-Injected" || name == "Bcc") return name + " was injected";
    if (equals_ignoring_case(name, "Location") && !value.starts_with('/')) return "it leads to " + value;
  }
  return {};
}

/// A refusal is a page of ours with one heading, which tells nothing of the inside.
std::string harm_in_refusal(const Response& response, int expected) {
  if (response.status != expected) return "it answers " + std::to_string(response.status);
  const auto& page = response.body;
  if (page.find("<h1") == std::string::npos) return "it has no heading";
  if (expected == 422 && page.find("error-summary") == std::string::npos) return "it does not say what to put right";
  if (expected == 422 && page.find("<title>Error: ") == std::string::npos) return "its title is that of a good page";
  if (const auto harm = harm_in(page); !harm.empty()) return harm;
  return harm_in_headers(response);
}

struct Filled {
  std::string action;
  bool multipart = false;
  FormFields fields;
};

/// The row's form as it would be taken.
Filled filled_in(const FormRow& row, FormScene& scene, const Browser& browser) {
  const auto form = browser.find_form(row.ends);
  auto good = row.good;
  for (auto& [name, value] : good) {
    if (value == "BLOG") value = scene.blog.url("/");
    if (value == "FEED") value = scene.blog.url("/feed");
  }
  return {.action = form.action, .multipart = form.multipart, .fields = Browser::with(form.fields, good)};
}

Request request_for(Browser& browser, const Filled& form, const FormFields& changes = {}) {
  return browser.post_request(form.action, Browser::with(form.fields, changes), form.multipart);
}

Request without(Browser& browser, const Filled& form, const std::string& field) {
  auto fields = form.fields;
  std::erase_if(fields, [&](const auto& pair) { return pair.first == field; });
  return browser.post_request(form.action, fields, form.multipart);
}

struct Case {
  std::string name;
  Request request;
  int expected = 422;
};

int status_for(const FieldRule& rule) { return rule.kind == FieldKind::revision ? 409 : 422; }

std::vector<std::string> hostile_values(FieldKind kind) {
  switch (kind) {
    case FieldKind::email:
      return {"nobody",
              "a@b.example\r\nBcc: c@d.example",
              "a@b.example, c@d.example",
              "\"<x>\"@b.example",
              "a@b.example\xE2\x80\xAE",
              kMarkup,
              kControls,
              std::string(300, 'a') + "@b.example"};
    case FieldKind::address: return {"no address", "javascript:alert(1)", "http://10.0.0.1/", kMarkup, kControls};
    case FieldKind::choice:
    case FieldKind::number:
    case FieldKind::revision: return {"-1", "99999999999999999999", kMarkup, kControls};
    case FieldKind::password: return {"short", kMarkup.substr(0, 9)};
    case FieldKind::ticked: return {"no", kMarkup};
    case FieldKind::line:
    case FieldKind::text: break;  // any words will do: see the next test
  }
  return {};
}

std::vector<Case> bad_fields(Browser& browser, const FormRow& row, const Filled& form) {
  std::vector<Case> cases;
  for (const auto& rule : row.fields) {
    if (rule.required) {
      cases.push_back({rule.name + " is missing", without(browser, form, rule.name), status_for(rule)});
      cases.push_back({rule.name + " is blank", request_for(browser, form, {{rule.name, "  "}}), status_for(rule)});
    }
    if (rule.longest > 0)
      cases.push_back({rule.name + " is too long",
                       request_for(browser, form, {{rule.name, std::string(rule.longest + 1, 'x')}}), 422});
    if (!rule.required) continue;
    for (const auto& value : hostile_values(rule.kind))
      cases.push_back({rule.name + " is " + value, request_for(browser, form, {{rule.name, value}}), status_for(rule)});
  }
  return cases;
}

Request with_header(Request request, const char* name, const std::string& value) {
  request.headers.add(name, value);
  return request;
}

std::vector<Case> bad_senders(FormScene& scene, Browser& browser, const Filled& form) {
  auto other = scene.visitor();
  other.get("/sign-in");
  const auto others = other.find_form("/sign-in").fields.front().second;
  const auto good = request_for(browser, form);
  auto in_the_address = without(browser, form, "form_token");
  in_the_address.path += "?form_token=" + percent_encode(form.fields.front().second);
  return {
      {"no token", without(browser, form, "form_token"), 403},
      {"a wrong token", request_for(browser, form, {{"form_token", "1.2.3"}}), 403},
      {"a hostile token", request_for(browser, form, {{"form_token", kMarkup + kControls}}), 403},
      {"another's token", request_for(browser, form, {{"form_token", others}}), 403},
      {"a token in the address", in_the_address, 403},
      {"a foreign origin", with_header(good, "Origin", "https://evil.example"), 403},
      {"no origin to speak of", with_header(good, "Origin", "null"), 403},
      {"a foreign page", with_header(good, "Referer", "https://evil.example/page"), 403},
      {"a page like ours", with_header(good, "Referer", "http://127.0.0.1:8080.evil.example/"), 403},
      {"a foreign site", with_header(good, "Sec-Fetch-Site", "cross-site"), 403},
  };
}

std::vector<Case> bad_shapes(Browser& browser, const Filled& form) {
  const auto good = request_for(browser, form);
  const auto by = [&](const char* method) {
    auto request = good;
    request.method = method;
    return request;
  };
  return {
      {"ten megabytes", request_for(browser, form, {{"flood", std::string(10'000'000, 'x')}}), 413},
      {"PUT", by("PUT"), 405},
      {"DELETE", by("DELETE"), 405},
      {"PATCH", by("PATCH"), 405},
      {"plain text", with_header(good, "Content-Type", "text/plain"), 415},
      {"JSON", with_header(good, "Content-Type", "application/json"), 415},
      {"XML", with_header(good, "Content-Type", "text/xml"), 415},
      {"no type", with_header(good, "Content-Type", " "), 415},
  };
}

/// Pages, feeds and letters in which somebody's words could turn up.
void check_that_words_are_words(FormScene& scene, Browser& sender) {
  auto reader = scene.visitor();
  auto editor = scene.administrator();
  const auto check = [&](Browser& browser, const std::string& path) {
    CAPTURE(path);
    browser.get(path);
    CHECK(browser.status() < 500);
    CHECK_MESSAGE(harm_in(browser.page()).empty(), harm_in(browser.page()));
  };
  for (const char* path : {"/", "/blogs", "/people", "/organisations", "/topics", "/featured", "/guest-posts", "/log",
                           "/search?q=words", "/archive", "/subscribe", "/posts/1", "/members.opml", "/sitemap.xml"})
    check(reader, path);
  for (const char* path :
       {"/editor", "/editor/queue", "/editor/applications/1", "/editor/feeds", "/editor/feeds/1", "/editor/posts",
        "/editor/posts/1", "/editor/featured", "/editor/reports", "/editor/log", "/editor/letters",
        "/editor/guest-posts", "/editor/guest-posts/1", "/editor/guest-posts/1/preview"})
    check(editor, path);
  if (!sender.path().empty()) check(sender, sender.path());
  for (const char* path : {"/feed.atom", "/feed.rss", "/feed.json", "/featured.atom"}) {
    CAPTURE(path);
    reader.get(path);
    const auto bytes = reader.page();
    const auto feed = feeds::read_document({.bytes = bytes, .url = "http://127.0.0.1:8080/f", .content_type = ""});
    CHECK(feed);
    if (feed) CHECK(feed->well_formed);
    CHECK(is_valid_utf8(bytes));
  }
  for (const auto& letter : store::newest_letters(*scene.hub.db.reader(), 50)) {
    CAPTURE(letter.subject);
    check(editor, "/editor/letters/" + std::to_string(letter.id.value));
    CHECK_MESSAGE(harm_in(letter.html).empty(), harm_in(letter.html));
    const auto bytes = fetcher::mime_text({.from = "Hub <hub@example.org>",
                                           .to = letter.recipient,
                                           .subject = letter.subject,
                                           .text = letter.text,
                                           .html = letter.html,
                                           .message_id = letter.message_id,
                                           .date = scene.hub.clock.now()});
    const auto head = bytes.substr(0, bytes.find("\r\n\r\n"));
    CHECK(head.find("\nBcc:") == std::string::npos);
    CHECK(head.find("\nX-Injected:") == std::string::npos);
    CHECK(bytes.find('\0') == std::string::npos);
  }
  CHECK(store::count_users(*scene.hub.db.reader()) > 0);
}

}  // namespace

TEST_CASE("every route that changes something is in the table of forms, or is for machines") {
  Router router;
  add_all_routes(router);
  std::set<std::string> rows;
  for (const auto& row : every_form()) rows.insert(row.route);
  for (const auto& route : router.routes()) {
    CAPTURE(route.pattern);
    if (route.method == "GET") continue;
    CHECK(route.method == "POST");
    CHECK((route.who == Who::machine || rows.contains(route.pattern)));
  }
}

TEST_CASE("each form refuses what it must with a sentence, and stores nothing of it") {
  for (const auto& row : every_form()) {
    CAPTURE(row.route);
    FormScene scene;
    auto browser = row.arrive(scene);
    const auto form = filled_in(row, scene, browser);
    const auto before = scene.everything_stored();
    auto cases = bad_fields(browser, row, form);
    for (auto& more : {bad_senders(scene, browser, form), bad_shapes(browser, form)})
      cases.insert(cases.end(), more.begin(), more.end());
    for (const auto& c : cases) {
      CAPTURE(c.name);
      const auto answer = browser.send(c.request);
      const auto harm = harm_in_refusal(answer, c.expected);
      CHECK_MESSAGE(harm.empty(), harm);
      CHECK(scene.everything_stored() == before);
    }
    CHECK(scene.hub.log.text().empty());
    // After all this the form is still good.
    CHECK(browser.send(request_for(browser, form)).status == 303);
  }
}

TEST_CASE("each form sent twice in a row acts once") {
  for (const auto& row : every_form()) {
    CAPTURE(row.route);
    FormScene scene;
    auto browser = row.arrive(scene);
    const auto form = filled_in(row, scene, browser);
    const auto request = request_for(browser, form);
    auto second_click = browser;
    CHECK(browser.send(request).status == 303);
    const auto before = scene.everything_stored();
    const auto answer = second_click.send(request);
    // Signing out ends the session that the second click comes from.
    CHECK((answer.status == 409 || answer.status == 403));
    const auto harm = harm_in_refusal(answer, answer.status);
    CHECK_MESSAGE(harm.empty(), harm);
    CHECK(scene.everything_stored() == before);
    // Where it sends people on, there is a page, unless the form took it away.
    const auto link = answer.body.find("\">Start again</a>");
    if (link == std::string::npos) continue;
    const auto start = answer.body.rfind("href=\"", link) + 6;
    browser.get(answer.body.substr(start, link - start));
    CHECK_MESSAGE(browser.status() != 405, browser.path());
  }
}

TEST_CASE("each form sent twice at the same instant acts once") {
  for (const auto& row : every_form()) {
    CAPTURE(row.route);
    FormScene scene;
    auto browser = row.arrive(scene);
    const auto request = request_for(browser, filled_in(row, scene, browser));
    auto other_click = browser;
    auto other = std::async(std::launch::async, [&] { return other_click.send(request).status; });
    const int statuses[] = {browser.send(request).status, other.get()};
    CHECK(std::count(std::begin(statuses), std::end(statuses), 303) == 1);
    for (const int status : statuses) CHECK((status == 303 || status == 409 || status == 403));
    CHECK(scene.hub.log.text().empty());
  }
}

TEST_CASE("whatever is written into a form, and whatever was written before, is words on every page, feed and letter") {
  for (const auto& hostile : {kMarkup, kControls}) {
    for (const auto& row : every_form()) {
      CAPTURE(row.route);
      FormScene scene(hostile);
      auto browser = row.arrive(scene);
      FormFields words;
      for (const auto& rule : row.fields)
        if (rule.kind == FieldKind::line || rule.kind == FieldKind::text) words.emplace_back(rule.name, hostile);
      const auto answer = browser.send(request_for(browser, filled_in(row, scene, browser), words));
      CHECK(answer.status == 303);
      CHECK_MESSAGE(harm_in_headers(answer).empty(), harm_in_headers(answer));
      check_that_words_are_words(scene, browser);
      CHECK(scene.hub.log.text().empty());
    }
  }
}

TEST_CASE("what machines send is refused in a sentence where it is wrong, and stores nothing") {
  FormScene scene;
  scene.member_blog();
  auto machine = scene.visitor();
  const std::string topic = scene.hub.settings.site.base_url + "/feed.atom";
  const std::string callback = "https://reader.example/hook";
  const struct {
    const char* name;
    const char* path;
    FormFields fields;
    int expected;
  } cases[] = {
      {"a push that nobody asked for", "/push/unknown", {{"x", kMarkup}}, 410},
      {"no mode", "/hub", {{"hub.topic", topic}, {"hub.callback", callback}}, 400},
      {"a hostile mode", "/hub", {{"hub.mode", kMarkup}, {"hub.topic", topic}, {"hub.callback", callback}}, 400},
      {"no topic", "/hub", {{"hub.mode", "subscribe"}, {"hub.callback", callback}}, 400},
      {"another's topic",
       "/hub",
       {{"hub.mode", "subscribe"}, {"hub.topic", "https://evil.example/feed.atom"}, {"hub.callback", callback}},
       400},
      {"a hostile callback",
       "/hub",
       {{"hub.mode", "subscribe"}, {"hub.topic", topic}, {"hub.callback", "javascript:alert(1)"}},
       400},
      {"a long callback",
       "/hub",
       {{"hub.mode", "subscribe"}, {"hub.topic", topic}, {"hub.callback", callback + std::string(5000, 'x')}},
       400},
      {"a long secret",
       "/hub",
       {{"hub.mode", "subscribe"},
        {"hub.topic", topic},
        {"hub.callback", callback},
        {"hub.secret", std::string(200, 'x')}},
       400},
      {"a ping without an address", "/rsscloud", {}, 400},
      {"a flood of a ping", "/rsscloud", {{"url", std::string(10'000'000, 'x')}}, 413},
      {"a flood of a subscription", "/hub", {{"hub.mode", std::string(10'000'000, 'x')}}, 413},
  };
  const auto before = scene.everything_stored();
  for (const auto& c : cases) {
    CAPTURE(c.name);
    const auto answer = machine.send(machine.post_request(c.path, c.fields));
    CHECK(answer.status == c.expected);
    CHECK(!answer.body.empty());
    CHECK(harm_in_headers(answer).empty());
    CHECK(scene.everything_stored() == before);
  }
  for (const char* path : {"/push/unknown", "/hub", "/rsscloud", "/ping"}) {
    CAPTURE(path);
    auto wrong = machine.post_request(path, {{"a", "b"}});
    wrong.method = "PUT";
    CHECK(machine.send(wrong).status == 405);
  }
}
