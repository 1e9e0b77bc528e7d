// The numbers are those of the W3C's WebSub test suite for subscribers (websub.rocks).
#include "fetcher/home_visits.h"

#include <doctest/doctest.h>
#include <map>

#include "fetcher/websub_links.h"
#include "store/homes.h"
#include "store/icons.h"
#include "store/push.h"
#include "tests/fetcher/poll_bench.h"
#include "tests/fetcher/tiny_origin.h"

using namespace voice;
using namespace voice::fetcher;
using namespace voice::testing;
using std::chrono::hours;

namespace {

// A blog whose feed names no hub; what its home page says is the test's.
struct HomeBench : PollBench {
  std::string home = "<!DOCTYPE html><head><link rel=\"hub\" href=\"https://push.example/\"><title>Blog</title></head>";
  std::string home_headers;
  std::string feed_headers;
  int edition = 0;
  Reply robots = status(404);
  std::map<std::string, Reply> icons;
  TinyOrigin origin{[this](const Seen& seen) {
    if (seen.target() == "/robots.txt") return robots;
    if (seen.target().find("icon") != std::string::npos)
      return icons.contains(seen.target()) ? icons.at(seen.target()) : status(404);
    if (seen.target() == "/feed") return ok(rss(rss_item(std::to_string(edition), "A post")), feed_headers);
    return ok(home, "Content-Type: text/html\r\n" + home_headers);
  }};
  FeedId feed =
      scratch.db
          .write([&](store::Writer& w) {
            return store::add_blog(
                w, {.title = "Home", .feed_url = origin.url("/feed"), .home_url = origin.url("/blog/")}, clock.now());
          })
          ->feed;
  std::unique_ptr<HttpClient> client = make_http_client(*client_settings(settings.fetch));

  HomeBench() { read_feed(); }
  void icon_is(const std::string& path, const Reply& reply) {
    origin.between_answers([&] { icons[path] = reply; });
  }
  void read_feed() {
    origin.between_answers([&] { ++edition; });
    poll({feed});
    clock.advance(std::chrono::minutes{10});
  }
  int visit() {
    return visit_homes({.database = scratch.db,
                        .settings = settings,
                        .clock = clock,
                        .chance = tokens,
                        .log = log,
                        .client = *client,
                        .spacing = {}});
  }
  std::optional<store::PushSubscription> push() { return store::find_push(*scratch.db.reader(), feed); }
  // Between the polls: a hub is looked for where no request of ours is under way.
  void month_later() {
    clock.advance(hours{24 * 31});
    read_feed();
  }
};

}  // namespace

TEST_CASE("101: a hub is found in the head of a page, after its base and behind the header") {
  const struct {
    const char* name;
    const char* header;
    const char* html;
    const char* hub;
    const char* topic;
  } cases[] = {
      {"hub and self", "",
       "<head><link rel=\"hub\" href=\"https://push.example/\"><link rel=\"self\" "
       "href=\"https://blog.example/feed\"></head>",
       "https://push.example/", "https://blog.example/feed"},
      {"words in any case, among others, relative to the base", "",
       "<html><head><base href=\"/sub/\"><LINK REL='preconnect HUB' HREF='push'><link rel=self href=page></head>",
       "https://blog.example/sub/push", "https://blog.example/sub/page"},
      {"no self: the page", "", "<link rel=hub href=https://push.example/>", "https://push.example/",
       "https://blog.example/about"},
      {"104: header before page", "<https://first.example/>; rel=hub, <https://blog.example/h>; rel=self",
       "<link rel=hub href=https://wrong.example/><link rel=self href=/wrong>", "https://first.example/",
       "https://blog.example/h"},
      {"the first of several", "", "<link rel=hub href=https://a.example/><link rel=hub href=https://b.example/>",
       "https://a.example/", "https://blog.example/about"},
      {"in a comment, an anchor, without address, of another scheme", "",
       "<!-- <link rel=hub href=https://a.example/> --><a rel=hub href=https://b.example/>x</a><link rel=hub>"
       "<link rel=hub href=javascript:alert(1)>",
       nullptr, nullptr},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    Page page;
    page.url = "https://blog.example/about";
    page.body = c.html;
    if (*c.header) page.headers.add("Link", c.header);
    const auto offer = offered_hub(page);
    REQUIRE(offer.has_value() == (c.hub != nullptr));
    if (!offer) continue;
    CHECK(offer->hub == c.hub);
    CHECK(offer->topic == c.topic);
  }
}

TEST_CASE(
    "101: the hub that only a home page names is subscribed at, and the feed's silence about it changes nothing") {
  HomeBench bench;
  CHECK_FALSE(bench.push());
  CHECK(bench.visit() == 1);
  REQUIRE(bench.push());
  CHECK(bench.push()->hub_url == "https://push.example/");
  CHECK(bench.push()->topic_url == bench.origin.url("/blog/"));
  CHECK(bench.push()->from_page);
  const auto token = bench.push()->token;
  bench.clock.advance(hours{2});
  bench.read_feed();
  REQUIRE(bench.push());
  CHECK(bench.push()->token == token);

  bench.origin.between_answers([&] { bench.feed_headers = "Link: <https://own.example/>; rel=hub\r\n"; });
  bench.clock.advance(hours{2});
  bench.read_feed();
  CHECK(bench.push()->hub_url == "https://own.example/");
  CHECK_FALSE(bench.push()->from_page);
  bench.month_later();
  CHECK(bench.visit() == 1);
  CHECK(bench.push()->hub_url == "https://own.example/");
}

TEST_CASE("a home page is asked for once a month, after robots.txt, and not beside a poll of its feed") {
  HomeBench bench;
  const auto asked = bench.origin.seen().size();
  CHECK(bench.visit() == 1);
  const auto seen = bench.origin.seen();
  REQUIRE(seen.size() == asked + 3);
  CHECK(seen[asked].target() == "/robots.txt");
  CHECK(seen[asked + 1].target() == "/blog/");
  CHECK(seen[asked + 2].target() == "/favicon.ico");
  CHECK(bench.visit() == 0);
  bench.clock.advance(hours{24 * 31});
  CHECK(bench.visit() == 0);  // its feed is due
  bench.read_feed();
  bench.origin.between_answers([&] { bench.home = "<p>no hub any more</p>"; });
  CHECK(bench.visit() == 1);
  CHECK_FALSE(bench.push());
}

TEST_CASE("a home page that robots.txt keeps us from, or whose robots.txt cannot be had, is not asked for") {
  const struct {
    const char* name;
    Reply robots;
    bool visited;
  } cases[] = {{"forbidden", ok("User-agent: voice\nDisallow: /blog/\n"), false},
               {"forbidden to others", ok("User-agent: other\nDisallow: /\n"), true},
               {"not there", status(404), true},
               {"broken", status(500), false},
               {"no answer", {"", 0}, false}};
  for (const auto& c : cases) {
    CAPTURE(c.name);
    HomeBench bench;
    bench.origin.between_answers([&] { bench.robots = c.robots; });
    bench.visit();
    CHECK(bench.push().has_value() == c.visited);
    CHECK((bench.origin.seen().back().target() == "/favicon.ico") == c.visited);
  }
}

TEST_CASE("homes of blogs that are not active, or at a private address, are left alone") {
  HomeBench paused;
  paused.scratch.db.write([&](store::Writer& w) {
    store::set_blog_state(w, paused.state(paused.feed).blog, store::BlogState::paused, paused.clock.now());
  });
  CHECK(paused.visit() == 0);

  HomeBench inside;
  inside.settings.fetch.allow_private_networks.clear();
  inside.client = make_http_client(*client_settings(inside.settings.fetch));
  const auto asked = inside.origin.seen().size();
  CHECK(inside.visit() == 1);
  CHECK(inside.origin.seen().size() == asked);
  CHECK_FALSE(inside.push());
}

namespace {

const std::string kGif = "GIF89a\x10" + std::string(1, '\0') + "\x10" + std::string(1, '\0') + "rest";
const std::string kSvg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";

}  // namespace

TEST_CASE(
    "a blog's icon is the first picture that its page names, else the usual address, and only if its bytes say so") {
  const std::string large = kGif + std::string(70 << 10, 'x');
  const struct {
    const char* name;
    std::string head;
    std::map<std::string, Reply> icons;
    std::vector<std::string> asked;
    bool kept;
  } cases[] = {
      {"named", "<link rel='shortcut icon' href='/icon.gif'>", {{"/icon.gif", ok(kGif)}}, {"/icon.gif"}, true},
      {"not named", "", {{"/favicon.ico", ok(kGif)}}, {"/favicon.ico"}, true},
      {"named twice, SVG first",
       "<link rel=icon href=/icon.svg><link rel=icon href=/icon2>",
       {{"/icon.svg", ok(kSvg)}, {"/icon2", ok(kGif)}},
       {"/icon2"},
       true},
      {"SVG by another name and type",
       "<link rel=icon href=/icon>",
       {{"/icon", ok(kSvg, "Content-Type: image/png\r\n")}, {"/favicon.ico", ok(kGif)}},
       {"/icon", "/favicon.ico"},
       true},
      {"a page",
       "<link rel=icon href=/icon>",
       {{"/icon", ok("<html></html>", "Content-Type: image/png\r\n")}},
       {"/icon", "/favicon.ico"},
       false},
      {"over 64 KB", "<link rel=icon href=/icon>", {{"/icon", ok(large)}}, {"/icon", "/favicon.ico"}, false},
      {"inside the page", "<link rel=icon href='data:image/gif;base64,R0lGODlh'>", {}, {"/favicon.ico"}, false},
      {"at an address inside", "<link rel=icon href='http://10.0.0.1/icon'>", {}, {"/favicon.ico"}, false},
  };
  for (const auto& c : cases) {
    CAPTURE(std::string(c.name));
    HomeBench bench;
    bench.origin.between_answers([&] { bench.home = "<!DOCTYPE html><head>" + c.head + "</head>"; });
    bench.origin.between_answers([&] { bench.icons = c.icons; });
    CHECK(bench.visit() == 1);
    std::vector<std::string> asked;
    for (const auto& seen : bench.origin.seen())
      if (seen.target().find("icon") != std::string::npos) asked.push_back(seen.target());
    CHECK(asked == c.asked);
    const auto icon = store::find_icon(*bench.scratch.db.reader(), bench.state(bench.feed).blog);
    REQUIRE(icon.has_value() == c.kept);
    if (!icon) continue;
    CHECK(icon->type == "image/gif");
    CHECK(icon->bytes == kGif);
  }
}

TEST_CASE(
    "an icon stays while it cannot be had, goes when it is not there any more, and is not taken where robots.txt "
    "forbids it") {
  HomeBench bench;
  const auto has_icon = [&] {
    return !store::icon_mark(*bench.scratch.db.reader(), bench.state(bench.feed).blog).empty();
  };
  bench.icon_is("/favicon.ico", ok(kGif));
  bench.visit();
  CHECK(has_icon());
  for (const auto& [reply, stays] : {std::pair{status(500), true}, {Reply{"", 0}, true}, {status(404), false}}) {
    bench.icon_is("/favicon.ico", reply);
    bench.month_later();
    CHECK(bench.visit() == 1);
    CHECK(has_icon() == stays);
  }
  bench.icon_is("/favicon.ico", ok(kGif));
  bench.origin.between_answers([&] { bench.robots = ok("User-agent: *\nDisallow: /favicon.ico\n"); });
  bench.month_later();
  CHECK(bench.visit() == 1);
  CHECK(bench.origin.seen().back().target() == "/blog/");
  CHECK_FALSE(has_icon());
}
