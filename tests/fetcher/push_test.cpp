// The numbers are those of the W3C's WebSub test suite for subscribers (websub.rocks).
#include "fetcher/push.h"

#include <doctest/doctest.h>
#include <functional>

#include "base/url.h"
#include "fetcher/push_signature.h"
#include "fetcher/websub_links.h"
#include "tests/fetcher/poll_bench.h"
#include "tests/fetcher/tiny_origin.h"

using namespace voice;
using namespace voice::fetcher;
using namespace voice::testing;

namespace {

constexpr const char* kHub = "https://push.example/";
constexpr const char* kSelf = "https://blog.example/feed";

std::string atom(const std::string& links) {
  return "<feed "
         "xmlns=\"http://www.w3.org/2005/Atom\"><title>t</title><id>i</id><updated>2024-02-29T09:00:00Z</updated>" +
         links + "</feed>";
}

store::PushSubscription subscription(PollBench& bench, FeedId feed) {
  const auto push = store::find_push(*bench.scratch.db.reader(), feed);
  REQUIRE(push);
  return *push;
}

// Lets a turn's requests come to an end.
void finish(HttpClient& client) {
  for (int i = 0; i < 100 && client.drive(milliseconds{50}) > 0; ++i) {}
}

std::unique_ptr<HttpClient> client_of(PollBench& bench) {
  return make_http_client(*client_settings(bench.settings.fetch));
}

}  // namespace

TEST_CASE("100 to 104: a hub is found in the header, in Atom, RSS and JSON, and the header wins") {
  const struct {
    const char* name;
    const char* header;
    std::string body;
    const char* hub;
    const char* topic;
  } cases[] = {
      {"100: header", "<https://push.example/>; rel=\"hub\", <https://blog.example/feed>; rel=\"self\"", rss(""), kHub,
       kSelf},
      {"102: Atom", "",
       atom(
           "<link rel=\"hub\" href=\"https://push.example/\"/><link rel=\"self\" href=\"https://blog.example/feed\"/>"),
       kHub, kSelf},
      {"103: RSS", "",
       rss("",
           "<atom:link xmlns:atom=\"http://www.w3.org/2005/Atom\" rel=\"hub\" href=\"https://push.example/\"/>"
           "<atom:link xmlns:atom=\"http://www.w3.org/2005/Atom\" rel=\"self\" href=\"https://blog.example/feed\"/>"),
       kHub, kSelf},
      {"104: header before body", "<https://push.example/>; rel=hub, <https://blog.example/feed>; rel=self",
       atom("<link rel=\"hub\" href=\"https://wrong.example/\"/><link rel=\"self\" "
            "href=\"https://wrong.example/self\"/>"),
       kHub, kSelf},
      {"JSON Feed", "",
       R"({"version":"https://jsonfeed.org/version/1.1","title":"t","feed_url":"https://blog.example/feed","hubs":[{"type":"WebSub","url":"https://push.example/"}],"items":[]})",
       kHub, kSelf},
      {"no self: the address it came from", "<https://push.example/>; rel=\"hub\"", rss(""), kHub, "ORIGIN"},
      {"several rels and hubs: the first",
       "<https://push.example/>; rel=\"preload hub\", <https://second.example/>; rel=hub, <https://blog.example/feed>; "
       "rel=self",
       rss(""), kHub, kSelf},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    TinyOrigin origin(
        [&](const Seen&) { return ok(c.body, *c.header ? "Link: " + std::string(c.header) + "\r\n" : ""); });
    PollBench bench;
    bench.settings.site.base_url = "http://127.0.0.1:1";
    const auto feed = bench.add(origin.url("/feed"));
    bench.poll({feed});
    const auto push = subscription(bench, feed);
    CHECK(push.hub_url == c.hub);
    CHECK(push.topic_url == (std::string(c.topic) == "ORIGIN" ? origin.url("/feed") : c.topic));
    CHECK(push.token.size() >= 32);
    CHECK(push.secret.size() >= 32);
    CHECK(push.state == store::PushState::wanted);
  }
}

TEST_CASE("201 and 202: behind a redirect, the hub and topic are those of the address that answers") {
  for (const int code : {302, 301}) {
    for (const bool has_self : {true, false}) {
      CAPTURE(code);
      CAPTURE(has_self);
      TinyOrigin origin([&](const Seen& seen) {
        if (seen.target() == "/old")
          return status(code, "Location: /feed\r\nLink: <https://wrong.example/>; rel=hub\r\n");
        return ok(rss(""), std::string("Link: <https://push.example/>; rel=hub") +
                               (has_self ? ", <https://blog.example/feed>; rel=self" : "") + "\r\n");
      });
      PollBench bench;
      const auto feed = bench.add(origin.url("/old"));
      bench.poll({feed});
      CHECK(subscription(bench, feed).hub_url == kHub);
      CHECK(subscription(bench, feed).topic_url == (has_self ? kSelf : origin.url("/feed")));
      CHECK(bench.state(feed).url == origin.url("/old"));
    }
  }
}

TEST_CASE("a feed without a hub is only polled, and one that drops its hub is forgotten there") {
  bool offers = true;
  TinyOrigin origin([&](const Seen&) {
    return ok(rss(rss_item("1", offers ? "a" : "b")), offers ? "Link: <https://push.example/>; rel=hub\r\n" : "");
  });
  PollBench bench;
  const auto feed = bench.add(origin.url("/feed"));
  bench.poll({feed});
  CHECK(store::find_push(*bench.scratch.db.reader(), feed));
  offers = false;
  bench.clock.advance(std::chrono::hours{5});
  bench.poll({feed});
  CHECK_FALSE(store::find_push(*bench.scratch.db.reader(), feed));
}

TEST_CASE("200, 203, 204: a hub is asked with topic, callback, secret and lease, through its redirects") {
  for (const int code : {0, 307, 308}) {
    CAPTURE(code);
    TinyOrigin hub([&](const Seen& seen) {
      if (code != 0 && seen.target() == "/hub") return status(code, "Location: /real\r\n");
      return status(202);
    });
    PollBench bench;
    bench.settings.site.base_url = "http://127.0.0.1:1";
    const auto feed = bench.add("https://blog.example/feed");
    bench.scratch.db.write([&](store::Writer& w) {
      store::want_push(w, feed, {.hub_url = hub.url("/hub"), .topic_url = kSelf, .token = "tok", .secret = "s3cret"},
                       bench.clock.now());
    });
    const auto client = client_of(bench);
    PushInbox inbox;
    PushSubscriber subscriber(bench.scratch.db, bench.settings, bench.clock, bench.log, *client, inbox);
    subscriber.turn();
    finish(*client);
    const auto seen = hub.seen();
    REQUIRE(seen.size() == (code == 0 ? 1 : 2));
    const auto& body = seen.back().body;
    CHECK(seen.back().has("POST "));
    CHECK(body.find("hub.mode=subscribe") != std::string::npos);
    CHECK(body.find("hub.topic=" + percent_encode(kSelf)) != std::string::npos);
    CHECK(body.find("hub.callback=" + percent_encode("http://127.0.0.1:1/push/tok")) != std::string::npos);
    CHECK(body.find("hub.secret=s3cret") != std::string::npos);
    CHECK(body.find("hub.lease_seconds=864000") != std::string::npos);
    CHECK(subscription(bench, feed).state == store::PushState::asked);
    // What the feed says stays, whatever the hub redirects to: else the next poll would take it for another hub.
    CHECK(subscription(bench, feed).hub_url == hub.url("/hub"));

    inbox.put(Verified{feed, std::chrono::hours{100}});
    subscriber.turn();
    const auto active = subscription(bench, feed);
    CHECK(active.state == store::PushState::active);
    CHECK(active.renew == bench.clock.now() + std::chrono::hours{80});
    subscriber.turn();
    finish(*client);
    CHECK(hub.seen().size() == seen.size());
    bench.clock.advance(std::chrono::hours{80});
    subscriber.turn();
    finish(*client);
    CHECK(hub.seen().size() > seen.size());
  }
}

TEST_CASE("a hub that refuses is asked again ever less often, and a lease that runs outlives a failed renewal") {
  TinyOrigin hub([](const Seen&) { return status(500); });
  PollBench bench;
  bench.settings.site.base_url = "http://127.0.0.1:1";
  const auto feed = bench.add("https://blog.example/feed");
  bench.scratch.db.write([&](store::Writer& w) {
    store::want_push(w, feed, {.hub_url = hub.url("/hub"), .topic_url = kSelf, .token = "tok", .secret = "s"},
                     bench.clock.now());
  });
  const auto client = client_of(bench);
  PushInbox inbox;
  PushSubscriber subscriber(bench.scratch.db, bench.settings, bench.clock, bench.log, *client, inbox);
  std::chrono::seconds before{0};
  for (int i = 0; i < 3; ++i) {
    subscriber.turn();
    finish(*client);
    const auto push = subscription(bench, feed);
    CHECK(push.state == store::PushState::failed);
    REQUIRE(push.renew);
    const auto wait = *push.renew - bench.clock.now();
    CHECK(wait > before);
    before = wait;
    bench.clock.advance(wait);
  }
  inbox.put(Verified{feed, std::chrono::hours{100}});
  subscriber.turn();
  bench.clock.advance(std::chrono::hours{81});
  subscriber.turn();
  finish(*client);
  CHECK(subscription(bench, feed).state == store::PushState::active);
}

TEST_CASE("a hub on the internet is not asked by a hub that it cannot call") {
  PollBench bench;
  bench.settings.site.base_url = "http://127.0.0.1:8080";
  const auto feed = bench.add("https://blog.example/feed");
  bench.scratch.db.write([&](store::Writer& w) {
    store::want_push(w, feed, {.hub_url = kHub, .topic_url = kSelf, .token = "tok", .secret = "s"}, bench.clock.now());
  });
  const auto client = client_of(bench);
  PushInbox inbox;
  PushSubscriber(bench.scratch.db, bench.settings, bench.clock, bench.log, *client, inbox).turn();
  CHECK(client->drive(milliseconds{0}) == 0);
  CHECK(subscription(bench, feed).state == store::PushState::failed);
  CHECK_FALSE(subscription(bench, feed).note.empty());
}

namespace {

// A feed whose hub has verified us.
struct PushedBlog : PollBench {
  std::string document = rss(rss_item("1", "Old"));
  TinyOrigin origin{[this](const Seen& seen) {
    if (seen.has("If-None-Match: \"v\"")) return status(304);
    return ok(document, "ETag: \"v\"\r\nLink: <https://push.example/>; rel=hub\r\n");
  }};
  FeedId feed = add(origin.url("/feed"));

  PushedBlog() {
    poll({feed});
    scratch.db.write([&](store::Writer& w) {
      store::push_asked(w, feed, clock.now(), clock.now() + std::chrono::hours{1});
      store::push_active(w, feed, std::chrono::hours{240}, clock.now());
    });
  }
  void push(const std::string& body, const std::string& type = "application/rss+xml") {
    pushed.put(PushedDocument{.feed = feed, .content_type = type, .body = body});
    poll({});
  }
};

}  // namespace

TEST_CASE(
    "300: the entries of a push are stored as if they had been fetched, and the feed's own state stays as it was") {
  PushedBlog blog;
  blog.clock.advance(std::chrono::hours{1});
  const auto before = blog.state(blog.feed);
  const auto asked = blog.origin.seen().size();
  blog.push(rss(
      rss_item("2", "New &lt;b&gt;") + rss_item("1", "Old") +
      "<item><guid>3</guid><title>Script</title><link>/3</link><description>&lt;p onclick='x()'&gt;Text&lt;script&gt;"
      "alert(1)&lt;/script&gt;&lt;/p&gt;</description></item>"));
  CHECK(blog.origin.seen().size() == asked);
  CHECK(blog.titles().size() == 3);
  const auto reader = blog.scratch.db.reader();
  auto rows = reader->query(
      "SELECT b.html, e.url FROM entries AS e JOIN entry_bodies AS b ON b.entry_id = e.id WHERE e.title = 'Script'");
  REQUIRE(rows.step());
  CHECK(rows.text(0) == "<p>Text</p>");
  CHECK(rows.text(1) == blog.origin.url("/3"));
  const auto after = blog.state(blog.feed);
  CHECK(after.etag == before.etag);
  CHECK(after.body_hash == before.body_hash);
  CHECK(after.last_fetch == before.last_fetch);
  CHECK(after.last_success == before.last_success);
  CHECK(after.next_fetch == before.next_fetch);
  CHECK(after.interval == before.interval);
  CHECK(after.failures == 0);
  const auto history = store::fetch_history(*reader, blog.feed);
  CHECK(history.front().outcome == "pushed");
  CHECK(history.front().added == 2);

  blog.push(rss(rss_item("2", "New &lt;b&gt;") + rss_item("1", "Old")));
  CHECK(blog.titles().size() == 3);
  CHECK(store::fetch_history(*blog.scratch.db.reader(), blog.feed).size() == history.size());
}

TEST_CASE("300: a push in which no feed can be read is a hint, whatever is in it") {
  const struct {
    std::string name;
    std::string body;
  } cases[] = {
      {"words", "there is news"},
      {"a page", "<!DOCTYPE html><html><body>News</body></html>"},
      {"half a feed", rss(rss_item("2", "New")).substr(0, 200)},
      {"nothing", ""},
      {"entities that multiply", "<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><r>&b;</r>"},
      {"a feed without posts", rss("")},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    PushedBlog blog;
    blog.clock.advance(std::chrono::hours{1});
    CHECK(*blog.state(blog.feed).next_fetch > blog.clock.now());
    blog.push(c.body);
    CHECK(blog.titles().size() == 1);
    CHECK(blog.state(blog.feed).next_fetch == blog.clock.now());
    CHECK(blog.state(blog.feed).etag == "\"v\"");
    CHECK(blog.state(blog.feed).failures == 0);
  }
}

TEST_CASE("what is pushed for a blog that was paused meanwhile is dropped") {
  PushedBlog blog;
  blog.scratch.db.write([&](store::Writer& w) {
    store::set_blog_state(w, blog.state(blog.feed).blog, store::BlogState::paused, blog.clock.now());
  });
  blog.push(rss(rss_item("2", "New")));
  const auto reader = blog.scratch.db.reader();
  auto rows = reader->query("SELECT count(*) FROM entries");
  REQUIRE(rows.step());
  CHECK(rows.integer(0) == 1);
}

TEST_CASE("one pushed document of a feed waits at a time, and of all no more than there is room for") {
  PushInbox inbox;
  const auto put = [&](std::int64_t feed, std::size_t bytes) {
    return inbox.put(PushedDocument{.feed = FeedId{feed}, .content_type = "", .body = std::string(bytes, 'x')});
  };
  CHECK(put(1, 10));
  CHECK_FALSE(put(1, 10));
  CHECK(put(2, 40 << 20));
  CHECK_FALSE(put(3, 30 << 20));
  CHECK(inbox.take_documents().size() == 2);
  CHECK(put(1, 10));
}

TEST_CASE("a hub that kept news to itself is not relied on until it speaks again") {
  PushedBlog blog;
  // Without dates, so that nothing but the hub decides the pace.
  const auto news = [&](const std::string& guid) {
    blog.scratch.db.write(
        [&](store::Writer& w) { w.change("UPDATE feeds SET etag = NULL, newest_post_at = NULL").run(); });
    blog.document = rss("<item><guid isPermaLink=\"false\">" + guid + "</guid><title>" + guid + "</title></item>");
  };
  const auto poll_after = [&](std::chrono::hours time) {
    blog.clock.advance(time);
    blog.poll({blog.feed});
    return *blog.state(blog.feed).next_fetch - blog.clock.now();
  };
  CHECK(poll_after(std::chrono::hours{2}) > std::chrono::hours{6});
  news("Untold");
  CHECK(poll_after(std::chrono::hours{12}) < std::chrono::hours{6});
  CHECK(poll_after(std::chrono::hours{2}) < std::chrono::hours{6});
  blog.scratch.db.write([&](store::Writer& w) { store::push_came(w, blog.feed, blog.clock.now()); });
  CHECK(poll_after(std::chrono::hours{2}) > std::chrono::hours{6});

  // News that a hint had told of is no news kept back.
  blog.scratch.db.write([&](store::Writer& w) { store::push_came(w, blog.feed, blog.clock.now()); });
  news("Told");
  CHECK(poll_after(std::chrono::hours{1}) > std::chrono::hours{6});
}

TEST_CASE("however a subscription ends, its hub is told, through its redirects, until it verifies") {
  const struct {
    const char* name;
    std::function<void(store::Writer&, PollBench&, FeedId)> end;
  } cases[] = {
      {"paused",
       [](store::Writer& w, PollBench& b, FeedId feed) {
         store::set_blog_state(w, b.state(feed).blog, store::BlogState::paused, b.clock.now());
       }},
      {"left",
       [](store::Writer& w, PollBench& b, FeedId feed) {
         store::set_blog_state(w, b.state(feed).blog, store::BlogState::left, b.clock.now());
       }},
      {"removed", [](store::Writer& w, PollBench&,
                     FeedId feed) { w.change("DELETE FROM feeds WHERE id = :feed").bind(":feed", feed).run(); }},
      {"without a hub", [](store::Writer& w, PollBench&, FeedId feed) { store::drop_push(w, feed); }},
      {"at another hub",
       [](store::Writer& w, PollBench& b, FeedId feed) {
         store::want_push(w, feed, {.hub_url = kHub, .topic_url = kSelf, .token = "other", .secret = "s"},
                          b.clock.now() + std::chrono::hours{1000});
       }},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    TinyOrigin hub(
        [](const Seen& seen) { return seen.target() == "/hub" ? status(307, "Location: /real\r\n") : status(202); });
    PollBench bench;
    bench.settings.site.base_url = "http://127.0.0.1:1";
    const auto feed = bench.add("https://blog.example/feed");
    bench.scratch.db.write([&](store::Writer& w) {
      store::want_push(w, feed, {.hub_url = hub.url("/hub"), .topic_url = kSelf, .token = "tok", .secret = "s"},
                       bench.clock.now());
      store::push_active(w, feed, std::chrono::hours{240}, bench.clock.now());
    });
    const auto client = client_of(bench);
    PushInbox inbox;
    PushSubscriber subscriber(bench.scratch.db, bench.settings, bench.clock, bench.log, *client, inbox);
    const auto turn = [&] {
      subscriber.turn();
      finish(*client);
      return hub.seen().size();
    };
    CHECK(turn() == 0);
    bench.scratch.db.write([&](store::Writer& w) { c.end(w, bench, feed); });
    REQUIRE(turn() == 2);
    const auto body = hub.seen().back().body;
    CHECK(body.find("hub.mode=unsubscribe") != std::string::npos);
    CHECK(body.find("hub.topic=" + percent_encode(kSelf)) != std::string::npos);
    CHECK(body.find("hub.callback=" + percent_encode("http://127.0.0.1:1/push/tok")) != std::string::npos);
    CHECK(body.find("hub.secret") == std::string::npos);
    CHECK(turn() == 2);
    bench.clock.advance(std::chrono::hours{24});
    CHECK(turn() == 4);
    inbox.put(Ended{"tok"});
    bench.clock.advance(std::chrono::hours{24});
    CHECK(turn() == 4);
    CHECK_FALSE(store::find_ending(*bench.scratch.db.reader(), "tok"));
  }
}

TEST_CASE("a hub that never verifies an end is told three times, and one that was never asked not at all") {
  TinyOrigin hub([](const Seen&) { return status(500); });
  PollBench bench;
  bench.settings.site.base_url = "http://127.0.0.1:1";
  const auto feed = bench.add("https://blog.example/feed");
  const auto want = [&](const std::string& token) {
    bench.scratch.db.write([&](store::Writer& w) {
      store::want_push(w, feed, {.hub_url = hub.url("/hub"), .topic_url = kSelf, .token = token, .secret = "s"},
                       bench.clock.now() + std::chrono::hours{1000});
    });
  };
  want("never asked");
  want("asked");
  bench.scratch.db.write([&](store::Writer& w) {
    store::push_asked(w, feed, bench.clock.now(), bench.clock.now() + std::chrono::hours{1000});
    store::drop_push(w, feed);
  });
  const auto client = client_of(bench);
  PushInbox inbox;
  PushSubscriber subscriber(bench.scratch.db, bench.settings, bench.clock, bench.log, *client, inbox);
  for (int day = 0; day < 6; ++day) {
    subscriber.turn();
    finish(*client);
    bench.clock.advance(std::chrono::hours{24});
  }
  CHECK(hub.seen().size() == 3);
  CHECK_FALSE(store::find_ending(*bench.scratch.db.reader(), "asked"));
}

// --- as a hub ------------------------------------------------------------------------------------------------------------

namespace {

struct HubBench : PollBench {
  std::string document = "<feed>1</feed>";
  std::string content_type = "application/atom+xml";
  std::unique_ptr<HttpClient> client = client_of(*this);
  std::string topic = "https://hub.example/feed.atom";
  PushHub hub{scratch.db,
              settings,
              clock,
              tokens,
              log,
              *client,
              [this](const std::string& asked) -> std::optional<TopicDocument> {
                if (asked != topic) return std::nullopt;
                return TopicDocument{document, content_type};
              }};

  void ask(store::HubMode mode, const std::string& callback, const std::string& secret = "s3cret") {
    scratch.db.write([&](store::Writer& w) {
      store::add_hub_request(
          w, {.mode = mode, .topic = topic, .callback = callback, .secret = secret, .lease = std::chrono::hours{240}},
          clock.now());
    });
    turn();
  }
  void publish(const std::string& text) {
    document = text;
    scratch.db.write([](store::Writer& w) { store::bump_change_number(w); });
    turn();
  }
  void turn(std::chrono::seconds later = std::chrono::seconds{10}) {
    clock.advance(later);
    hub.turn();
    finish(*client);
  }
  std::int64_t subscribers() { return store::count_subscribers(*scratch.db.reader(), clock.now()); }
};

std::string challenge_in(const Seen& seen) {
  const auto at = seen.target().find("hub.challenge=");
  const auto rest = seen.target().substr(at + 14);
  return rest.substr(0, rest.find('&'));
}

}  // namespace

TEST_CASE("hub 100: who gives no secret gets each new document unsigned") {
  TinyOrigin reader([](const Seen& seen) { return seen.has("GET ") ? ok(challenge_in(seen)) : status(204); });
  HubBench bench;
  bench.ask(store::HubMode::subscribe, reader.url("/cb"), "");
  bench.publish("<feed>2</feed>");
  REQUIRE(reader.seen().size() == 2);
  CHECK(reader.seen().at(0).target().find("hub.lease_seconds=864000") != std::string::npos);
  CHECK(reader.seen().at(1).body == "<feed>2</feed>");
  CHECK_FALSE(reader.seen().at(1).has("X-Hub-Signature"));
}

TEST_CASE(
    "hub 102: who subscribes again before the lease is over has one subscription, with the newer secret and lease") {
  TinyOrigin reader([](const Seen& seen) { return seen.has("GET ") ? ok(challenge_in(seen)) : status(204); });
  HubBench bench;
  bench.ask(store::HubMode::subscribe, reader.url("/cb"), "first");
  bench.clock.advance(std::chrono::hours{200});
  bench.ask(store::HubMode::subscribe, reader.url("/cb"), "second");
  CHECK(bench.subscribers() == 1);
  bench.clock.advance(std::chrono::hours{100});
  CHECK(bench.subscribers() == 1);
  bench.publish("<feed>2</feed>");
  REQUIRE(reader.seen().size() == 3);
  CHECK(reader.seen().at(2).has("X-Hub-Signature: " + signature_of("second", "<feed>2</feed>")));
}

TEST_CASE("hub 104 and 105: a document is delivered with its own type, byte for byte") {
  TinyOrigin reader([](const Seen& seen) { return seen.has("GET ") ? ok(challenge_in(seen)) : status(204); });
  HubBench bench;
  bench.ask(store::HubMode::subscribe, reader.url("/cb"));
  const struct {
    std::string type, body;
  } cases[] = {{"text/plain; charset=utf-8", "Plain – text\n"},
               {"application/feed+json", "{\"version\":\"x\",\"items\":[]}"}};
  for (const auto& c : cases) {
    const auto& [type, body] = c;
    CAPTURE(c.type);
    bench.content_type = type;
    bench.publish(body);
    CHECK(reader.seen().back().body == body);
    CHECK(reader.seen().back().has("Content-Type: " + type + "\r\n"));
  }
}

TEST_CASE(
    "hub 103: a subscriber that echoes the challenge gets each new document once, whole and signed, until it ends it") {
  TinyOrigin reader([](const Seen& seen) { return seen.has("GET ") ? ok(challenge_in(seen)) : status(204); });
  HubBench bench;
  bench.ask(store::HubMode::subscribe, reader.url("/cb?own=1"));
  CHECK(bench.subscribers() == 1);
  CHECK(reader.seen().at(0).target().substr(0, 24) == "/cb?own=1&hub.mode=subsc");
  CHECK(reader.seen().size() == 1);

  bench.publish("<feed>2</feed>");
  REQUIRE(reader.seen().size() == 2);
  const auto push = reader.seen().at(1);
  CHECK(push.body == "<feed>2</feed>");
  CHECK(push.has("Content-Type: application/atom+xml"));
  CHECK(push.has("Link: <https://hub.example/hub>; rel=\"hub\", <https://hub.example/feed.atom>; rel=\"self\""));
  CHECK(push.has("X-Hub-Signature: " + signature_of("s3cret", "<feed>2</feed>")));
  bench.publish("<feed>2</feed>");
  CHECK(reader.seen().size() == 2);

  bench.ask(store::HubMode::unsubscribe, reader.url("/cb?own=1"));
  CHECK(bench.subscribers() == 0);
  bench.publish("<feed>3</feed>");
  CHECK(reader.seen().size() == 3);
}

TEST_CASE("nobody is subscribed who does not confirm it") {
  const struct {
    const char* name;
    Reply reply;
  } cases[] = {{"404", status(404)},
               {"another text", ok("yes")},
               {"a redirect", status(302, "Location: /x\r\n")},
               {"silence", {"", 0}}};
  for (const auto& c : cases) {
    CAPTURE(c.name);
    TinyOrigin reader([&](const Seen&) { return c.reply; });
    HubBench bench;
    bench.ask(store::HubMode::subscribe, reader.url("/cb"));
    CHECK(bench.subscribers() == 0);
    bench.publish("<feed>2</feed>");
    CHECK(reader.seen().size() == 1);
  }
}

TEST_CASE("a callback at a private address is not even asked") {
  TinyOrigin reader([](const Seen& seen) { return ok(challenge_in(seen)); });
  HubBench bench;
  bench.settings.fetch.allow_private_networks.clear();
  ClientSettings strict = *client_settings(bench.settings.fetch);
  const auto client = make_http_client(strict);
  PushHub hub{bench.scratch.db, bench.settings, bench.clock, bench.tokens, bench.log, *client, [](const std::string&) {
                return std::nullopt;
              }};
  bench.scratch.db.write([&](store::Writer& w) {
    store::add_hub_request(w,
                           {.mode = store::HubMode::subscribe,
                            .topic = bench.topic,
                            .callback = reader.url("/cb"),
                            .secret = "",
                            .lease = std::chrono::hours{1}},
                           bench.clock.now());
  });
  hub.turn();
  finish(*client);
  CHECK(reader.seen().empty());
}

TEST_CASE("a delivery that fails is tried again later with what is new by then, 410 ends it, and leases run out") {
  int answer = 500;
  TinyOrigin reader([&](const Seen& seen) { return seen.has("GET ") ? ok(challenge_in(seen)) : status(answer); });
  HubBench bench;
  bench.ask(store::HubMode::subscribe, reader.url("/cb"));
  bench.publish("<feed>2</feed>");
  CHECK(reader.seen().size() == 2);
  bench.turn();
  CHECK(reader.seen().size() == 2);
  bench.document = "<feed>3</feed>";
  answer = 200;
  bench.turn(std::chrono::seconds{70});
  REQUIRE(reader.seen().size() == 3);
  CHECK(reader.seen().at(2).body == "<feed>3</feed>");

  answer = 410;
  bench.publish("<feed>4</feed>");
  CHECK(bench.subscribers() == 0);

  answer = 200;
  bench.ask(store::HubMode::subscribe, reader.url("/cb"));
  CHECK(bench.subscribers() == 1);
  bench.clock.advance(std::chrono::hours{241});
  CHECK(bench.subscribers() == 0);
  const auto before = reader.seen().size();
  bench.publish("<feed>5</feed>");
  CHECK(reader.seen().size() == before);
}
