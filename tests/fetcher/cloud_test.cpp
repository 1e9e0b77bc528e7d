#include <doctest/doctest.h>

#include "base/url.h"
#include "fetcher/cloud_subscriber.h"
#include "tests/fetcher/poll_bench.h"
#include "tests/fetcher/tiny_origin.h"

using namespace voice;
using namespace voice::fetcher;
using namespace voice::testing;
using std::chrono::hours;

namespace {

struct CloudBench : PollBench {
  std::string answer = "<?xml version=\"1.0\"?><notifyResult success=\"true\" msg=\"Thanks\"/>";
  int status_code = 200;
  TinyOrigin cloud{[this](const Seen&) {
    return status_code == 200 ? ok(answer, "Content-Type: text/xml\r\n") : status(status_code);
  }};
  std::string channel = "<cloud domain=\"127.0.0.1\" port=\"" + std::to_string(cloud.port()) +
                        "\" path=\"/pleaseNotify\" registerProcedure=\"\" protocol=\"http-post\"/>";
  std::string headers;
  int edition = 0;
  TinyOrigin blog{
      [this](const Seen&) { return ok(rss(rss_item(std::to_string(edition), "A post"), channel), headers); }};
  FeedId feed = add(blog.url("/feed"));
  std::unique_ptr<HttpClient> client = make_http_client(*client_settings(settings.fetch));
  CloudSubscriber subscriber{scratch.db, settings, clock, log, *client};

  CloudBench() { settings.site.base_url = "http://127.0.0.1:8080/hub"; }
  void read_feed() {
    ++edition;
    clock.advance(hours{1});
    poll({feed});
  }
  std::size_t turn() {
    subscriber.turn();
    for (int i = 0; i < 100 && client->drive(milliseconds{50}) > 0; ++i) {}
    return cloud.seen().size();
  }
};

}  // namespace

TEST_CASE("the cloud of a feed is asked to ping us, and again before it forgets") {
  CloudBench bench;
  bench.read_feed();
  REQUIRE(bench.turn() == 1);
  const auto seen = bench.cloud.seen().front();
  CHECK(seen.has("POST /pleaseNotify HTTP/1.1"));
  CHECK(seen.body == "notifyProcedure=&port=8080&path=%2Fhub%2Frsscloud&protocol=http-post&domain=127.0.0.1&url1=" +
                         percent_encode(bench.blog.url("/feed")));
  bench.read_feed();
  CHECK(bench.turn() == 1);
  bench.clock.advance(hours{23});
  CHECK(bench.turn() == 2);
  bench.scratch.db.write([&](store::Writer& w) {
    store::set_blog_state(w, bench.state(bench.feed).blog, store::BlogState::paused, bench.clock.now());
  });
  bench.clock.advance(hours{23});
  CHECK(bench.turn() == 2);
}

TEST_CASE("a cloud that fails or says no is asked ever less often") {
  for (const int code : {500, 200}) {
    CAPTURE(code);
    CloudBench bench;
    bench.status_code = code;
    bench.answer = "<notifyResult success=\"false\" msg=\"no\"/>";
    bench.read_feed();
    CHECK(bench.turn() == 1);
    bench.clock.advance(hours{1});
    CHECK(bench.turn() == 2);
    bench.clock.advance(hours{1});
    CHECK(bench.turn() == 2);
    bench.clock.advance(hours{1});
    CHECK(bench.turn() == 3);
  }
}

TEST_CASE("no cloud is asked for a feed that has a hub, names none any more, or whose cloud cannot reach us") {
  CloudBench with_hub;
  with_hub.headers = "Link: <https://push.example/>; rel=hub\r\n";
  with_hub.read_feed();
  CHECK(with_hub.turn() == 0);

  CloudBench dropped;
  dropped.read_feed();
  dropped.channel.clear();
  dropped.read_feed();
  CHECK(dropped.turn() == 0);
  CHECK_FALSE(store::find_cloud(*dropped.scratch.db.reader(), dropped.feed));

  CloudBench unreachable;
  unreachable.scratch.db.write([&](store::Writer& w) {
    store::name_cloud(w, unreachable.feed, "http://cloud.example/pleaseNotify", unreachable.clock.now());
  });
  unreachable.subscriber.turn();
  CHECK(unreachable.client->drive(milliseconds{0}) == 0);
}

TEST_CASE("the cloud at a private address is not asked") {
  CloudBench bench;
  bench.read_feed();
  bench.settings.fetch.allow_private_networks.clear();
  const auto strict = make_http_client(*client_settings(bench.settings.fetch));
  CloudSubscriber subscriber(bench.scratch.db, bench.settings, bench.clock, bench.log, *strict);
  subscriber.turn();
  for (int i = 0; i < 100 && strict->drive(milliseconds{50}) > 0; ++i) {}
  CHECK(bench.cloud.seen().empty());
}
