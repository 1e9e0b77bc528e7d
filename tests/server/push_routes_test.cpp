// The numbers are those of the W3C's WebSub test suite for subscribers (websub.rocks).
#include <doctest/doctest.h>

#include "base/hash.h"
#include "fetcher/push_inbox.h"
#include "fetcher/push_signature.h"
#include "store/blogs.h"
#include "store/clouds.h"
#include "store/feed_state.h"
#include "store/hub_subscribers.h"
#include "store/push.h"
#include "tests/server/page_site.h"

using namespace voice;
using namespace voice::server;
using std::chrono::hours;
using std::chrono::minutes;

namespace {

Router& push_table() {
  static Router router = [] {
    Router r;
    add_push_routes(r);
    return r;
  }();
  return router;
}

struct PushSite : TestSite {
  PushSite() : TestSite(push_table()) {
    settings.site.base_url = "https://hub.example";
    site.push_inbox = &inbox;
    feed = db.write([&](store::Writer& w) {
      const auto added = store::add_blog(
          w, {.title = "A blog", .feed_url = "https://blog.example/feed", .home_url = "https://www.blog.example/"},
          clock.now());
      store::want_push(w, added->feed,
                       {.hub_url = "https://push.example/",
                        .topic_url = "https://blog.example/feed",
                        .token = "tok",
                        .secret = "s3cret"},
                       clock.now());
      store::push_asked(w, added->feed, clock.now(), clock.now() + minutes{10});
      w.change("UPDATE feeds SET next_fetch_at = :next, last_fetch_at = :last WHERE id = :id")
          .bind(":next", clock.now() + hours{12})
          .bind(":last", clock.now() - hours{1})
          .bind(":id", added->feed)
          .run();
      return added->feed;
    });
  }

  Response push(const std::string& body, const std::string& signature) {
    Request request{.method = "POST", .path = "/push/tok"};
    request.body = body;
    if (!signature.empty()) request.headers.add("X-Hub-Signature", signature);
    return send(std::move(request));
  }
  Response post(const std::string& path, Fields form, const std::string& address = "192.0.2.1") {
    Request request{.method = "POST", .path = path};
    request.form = std::move(form);
    request.address = address;
    return send(std::move(request));
  }
  bool is_due() { return store::read_feed_state(*db.reader(), feed)->next_fetch <= clock.now(); }

  fetcher::PushInbox inbox;
  FeedId feed;
};

const std::string kVerify =
    "/push/"
    "tok?hub.mode=subscribe&hub.topic=https%3A%2F%2Fblog.example%2Ffeed&hub.challenge=c%2B1&hub.lease_seconds=86400";

}  // namespace

TEST_CASE("a hub that verifies what we asked for gets its challenge back and the lease is written down") {
  PushSite hub;
  const auto answer = hub.get(kVerify);
  CHECK(answer.status == 200);
  CHECK(answer.bytes() == "c+1");
  const auto events = hub.inbox.take();
  REQUIRE(events.size() == 1);
  const auto* verified = std::get_if<fetcher::Verified>(&events[0]);
  REQUIRE(verified);
  CHECK(verified->feed == hub.feed);
  CHECK(verified->lease == hours{24});
}

TEST_CASE("205: a verification of what nobody asked for is refused") {
  const struct {
    const char* name;
    const char* target;
  } cases[] = {
      {"another topic", "/push/tok?hub.mode=subscribe&hub.topic=https%3A%2F%2Felse.example%2F&hub.challenge=c"},
      {"an unknown token",
       "/push/nothing?hub.mode=subscribe&hub.topic=https%3A%2F%2Fblog.example%2Ffeed&hub.challenge=c"},
      {"unsubscribing what goes on",
       "/push/tok?hub.mode=unsubscribe&hub.topic=https%3A%2F%2Fblog.example%2Ffeed&hub.challenge=c"},
      {"no challenge", "/push/tok?hub.mode=subscribe&hub.topic=https%3A%2F%2Fblog.example%2Ffeed"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    PushSite hub;
    CHECK(hub.get(c.target).status == 404);
    CHECK(hub.inbox.take().empty());
  }
  PushSite late;
  late.clock.advance(hours{2});
  CHECK(late.get(kVerify).status == 404);
}

TEST_CASE("a denied subscription is remembered with its reason") {
  PushSite hub;
  CHECK(hub.get("/push/tok?hub.mode=denied&hub.topic=https%3A%2F%2Fblog.example%2Ffeed&hub.reason=full").status == 200);
  const auto events = hub.inbox.take();
  REQUIRE(events.size() == 1);
  CHECK(std::get<fetcher::Denied>(events[0]).reason == "the hub refused: full");
}

TEST_CASE("a hub that verifies the end of a subscription is told yes once it has ended here, and only for its topic") {
  PushSite hub;
  const std::string ask = "/push/tok?hub.mode=unsubscribe&hub.challenge=c&hub.topic=";
  const std::string topic = "https%3A%2F%2Fblog.example%2Ffeed";
  CHECK(hub.get(ask + topic).status == 404);
  hub.db.write([&](store::Writer& w) { store::drop_push(w, hub.feed); });
  CHECK(hub.get(ask + "https%3A%2F%2Felse.example%2F").status == 404);
  CHECK(hub.get(kVerify).status == 404);
  CHECK(hub.inbox.take().empty());
  const auto answer = hub.get(ask + topic);
  CHECK(answer.status == 200);
  CHECK(answer.bytes() == "c");
  const auto events = hub.inbox.take();
  REQUIRE(events.size() == 1);
  CHECK(std::get<fetcher::Ended>(events[0]).token == "tok");
}

TEST_CASE("300: a signed push with something in it is handed on to be read, and the feed need not be polled for it") {
  PushSite hub;
  CHECK(hub.push("<rss/>", fetcher::signature_of("s3cret", "<rss/>")).status == 204);
  const auto documents = hub.inbox.take_documents();
  REQUIRE(documents.size() == 1);
  CHECK(documents[0].feed == hub.feed);
  CHECK(documents[0].body == "<rss/>");
  CHECK_FALSE(hub.is_due());
  CHECK(store::find_push(*hub.db.reader(), hub.feed)->last_push == hub.clock.now());

  // Within a minute another is a hint: a hub cannot make us read on and on.
  CHECK(hub.push("<rss></rss>", fetcher::signature_of("s3cret", "<rss></rss>")).status == 204);
  CHECK(hub.inbox.take_documents().empty());
  CHECK(hub.is_due());
}

TEST_CASE("300: a signed push is a hint where nothing is in it or nothing here reads it") {
  PushSite empty;
  CHECK(empty.push(" \n", fetcher::signature_of("s3cret", " \n")).status == 204);
  CHECK(empty.inbox.take_documents().empty());
  CHECK(empty.is_due());
  PushSite alone;
  alone.site.push_inbox = nullptr;
  CHECK(alone.push("<rss/>", fetcher::signature_of("s3cret", "<rss/>")).status == 204);
  CHECK(alone.is_due());
}

TEST_CASE("300: any of the methods of signing will do") {
  for (const auto* method : {"sha1", "sha256", "sha512"}) {
    CAPTURE(method);
    PushSite hub;
    const std::string name = method;
    const auto mac = name == "sha1"     ? hmac_sha1("s3cret", "<rss/>")
                     : name == "sha256" ? hmac_sha256("s3cret", "<rss/>")
                                        : hmac_sha512("s3cret", "<rss/>");
    CHECK(hub.push("<rss/>", name + "=" + to_hex(mac)).status == 204);
    CHECK(hub.inbox.take_documents().size() == 1);
  }
}

TEST_CASE("301 and 302: a push with a wrong signature or none is answered alike and does nothing") {
  for (const std::string signature :
       {"", "sha256=00", "sha1=b617318655057264e28bc0b6fb378c8ef146be00", "md5=x", "sha256"}) {
    CAPTURE(signature);
    PushSite hub;
    CHECK(hub.push("<rss/>", signature).status == 204);
    CHECK_FALSE(hub.is_due());
    CHECK(hub.inbox.take_documents().empty());
    CHECK_FALSE(store::find_push(*hub.db.reader(), hub.feed)->last_push);
  }
  PushSite hub;
  CHECK(hub.push("<rss>other</rss>", fetcher::signature_of("s3cret", "<rss/>")).status == 204);
  CHECK_FALSE(hub.is_due());
}

TEST_CASE("a hint does not go below a minute, nor before Retry-After") {
  PushSite hub;
  const auto set = [&](const char* column, sys_seconds at) {
    hub.db.write([&](store::Writer& w) {
      w.change("UPDATE feeds SET " + std::string(column) + " = :at").bind(":at", at).run();
    });
  };
  set("last_fetch_at", hub.clock.now() - std::chrono::seconds{20});
  hub.push("", fetcher::signature_of("s3cret", ""));
  CHECK(store::read_feed_state(*hub.db.reader(), hub.feed)->next_fetch == hub.clock.now() + std::chrono::seconds{41});
  set("next_fetch_at", hub.clock.now() + hours{12});
  set("wait_until", hub.clock.now() + hours{3});
  hub.push("", fetcher::signature_of("s3cret", ""));
  CHECK(store::read_feed_state(*hub.db.reader(), hub.feed)->next_fetch == hub.clock.now() + hours{3});
}

TEST_CASE("a push for a feed that left tells the hub so") {
  PushSite hub;
  hub.db.write([&](store::Writer& w) { store::drop_push(w, hub.feed); });
  CHECK(hub.push("x", "").status == 410);
}

TEST_CASE("our hub takes requests for our feeds only, and believes none of them yet") {
  const std::string topic = "https://hub.example/feed.atom";
  const struct {
    const char* name;
    Fields form;
    int status;
  } cases[] = {
      {"a subscription",
       {{"hub.mode", "subscribe"},
        {"hub.topic", topic},
        {"hub.callback", "https://r.example/cb?x=1"},
        {"hub.secret", "s"}},
       202},
      {"hub 101: with parameters that we don't know",
       {{"hub.mode", "subscribe"},
        {"hub.topic", topic},
        {"hub.callback", "https://r.example/cb"},
        {"hub.verify", "sync"},
        {"foo", "bar"}},
       202},
      {"its end", {{"hub.mode", "unsubscribe"}, {"hub.topic", topic}, {"hub.callback", "https://r.example/cb"}}, 202},
      {"no mode", {{"hub.topic", topic}, {"hub.callback", "https://r.example/cb"}}, 400},
      {"somebody else's feed",
       {{"hub.mode", "subscribe"},
        {"hub.topic", "https://else.example/feed.atom"},
        {"hub.callback", "https://r.example/"}},
       400},
      {"a name that begins like ours",
       {{"hub.mode", "subscribe"},
        {"hub.topic", "https://hub.example.evil/feed.atom"},
        {"hub.callback", "https://r.example/"}},
       400},
      {"a page that is no feed",
       {{"hub.mode", "subscribe"}, {"hub.topic", "https://hub.example/blogs"}, {"hub.callback", "https://r.example/"}},
       400},
      {"a callback that is no address",
       {{"hub.mode", "subscribe"}, {"hub.topic", topic}, {"hub.callback", "javascript:alert(1)"}},
       400},
      {"a secret of 200 bytes",
       {{"hub.mode", "subscribe"},
        {"hub.topic", topic},
        {"hub.callback", "https://r.example/"},
        {"hub.secret", std::string(200, 's')}},
       400},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    PushSite hub;
    CHECK(hub.post("/hub", c.form).status == c.status);
    const auto waiting = hub.db.write([](store::Writer& w) { return store::take_hub_requests(w, 10); });
    CHECK(waiting.size() == (c.status == 202 ? 1U : 0U));
    CHECK(store::count_subscribers(*hub.db.reader(), hub.clock.now()) == 0);
  }
}

TEST_CASE("a lease is between five minutes and thirty days, ten days where none is asked for") {
  const struct {
    const char* asked;
    std::chrono::seconds expected;
  } cases[] = {{"", hours{240}},   {"1", minutes{5}},  {"3600", hours{1}}, {"99999999999", hours{720}},
               {"-5", hours{240}}, {"abc", hours{240}}};
  for (const auto& c : cases) {
    CAPTURE(c.asked);
    PushSite hub;
    hub.post("/hub", {{"hub.mode", "subscribe"},
                      {"hub.topic", "https://hub.example/feed.rss"},
                      {"hub.callback", "https://r.example/"},
                      {"hub.lease_seconds", c.asked}});
    const auto waiting = hub.db.write([](store::Writer& w) { return store::take_hub_requests(w, 10); });
    REQUIRE(waiting.size() == 1);
    CHECK(waiting[0].lease == c.expected);
  }
}

TEST_CASE("pings are hints: a known blog becomes due, a stranger's changes nothing, and a flood is not listened to") {
  const std::string ping =
      "<?xml version=\"1.0\"?><methodCall><methodName>weblogUpdates.ping</methodName><params>"
      "<param><value>A "
      "blog</value></param><param><value><string>http://blog.example</string></value></param></params></methodCall>";
  PushSite hub;
  Request request{.method = "POST", .path = "/ping"};
  request.body = ping;
  auto answer = hub.send(request);
  CHECK(answer.status == 200);
  CHECK(answer.bytes().find("<boolean>0</boolean>") != std::string::npos);
  CHECK(hub.is_due());

  request.body = "<methodCall><methodName>system.listMethods</methodName></methodCall>";
  CHECK(hub.send(request).bytes().find("<boolean>1</boolean>") != std::string::npos);
  request.body = "not xml";
  CHECK(hub.send(request).bytes().find("<boolean>1</boolean>") != std::string::npos);

  PushSite cloud;
  CHECK(cloud.post("/rsscloud", {{"url", "http://blog.example/feed"}}).status == 200);
  CHECK(cloud.is_due());
  const auto challenge = [&] { return cloud.get("/rsscloud?url=https%3A%2F%2Fblog.example%2Ffeed&challenge=abc"); };
  CHECK(challenge().status == 404);
  cloud.db.write([&](store::Writer& w) {
    store::name_cloud(w, cloud.feed, "http://cloud.example/pleaseNotify", cloud.clock.now());
  });
  CHECK(challenge().bytes() == "abc");
  CHECK(cloud.get("/rsscloud?url=https%3A%2F%2Felse.example%2F&challenge=abc").status == 404);

  PushSite flooded;
  for (int i = 0; i < 10; ++i) flooded.post("/rsscloud", {{"url", "https://stranger.example/"}});
  flooded.post("/rsscloud", {{"url", "https://blog.example/feed"}});
  CHECK_FALSE(flooded.is_due());
}

TEST_CASE(
    "who asked our hub for the river or for a blog is counted among that blog's subscribers, once and while the lease "
    "runs") {
  Router router;
  add_all_routes(router);
  PageSite hub(router);
  const auto ann = hub.join({.title = "Ann", .feed_url = "https://ann.example/feed"});
  const auto ben = hub.join({.title = "Ben", .feed_url = "https://ben.example/feed"});
  const auto& base = hub.settings.site.base_url;
  const auto subscribe = [&](const std::string& path, const std::string& callback, hours lease = hours{240}) {
    CHECK(hub.get(path).status == 200);  // the topic is really one of ours
    hub.db.write([&](store::Writer& w) {
      store::confirm_subscriber(
          w, {.topic = base + path, .callback = "https://reader.example/" + callback, .secret = "", .lease = lease},
          "h", hub.clock.now());
    });
  };
  const auto followers = [&](BlogId blog) {
    return store::count_followers(*hub.db.reader(), blog, base, hub.clock.now());
  };
  CHECK(followers(ann.blog) == 0);
  subscribe("/feed.atom", "1");
  subscribe("/feed.rss", "2");
  subscribe("/feed.json", "2");
  subscribe("/blogs/ann.atom", "2");
  subscribe("/blogs/ann.json", "3");
  subscribe("/blogs/ann.rss", "4", hours{1});
  subscribe("/featured.atom", "5");
  CHECK(followers(ann.blog) == 4);
  CHECK(followers(ben.blog) == 2);
  hub.clock.advance(hours{2});
  CHECK(followers(ann.blog) == 3);

  const auto reader = hub.db.reader();
  for (const auto& sql : reader->statements())
    if (sql.find("hub_subscribers") != std::string::npos && !sql.starts_with("EXPLAIN"))
      CHECK(reader->plan_of(sql).find("SCAN") == std::string::npos);
}
