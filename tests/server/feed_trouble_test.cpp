#include "server/feed_trouble.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/server/form_scene.h"

using namespace voice;
using namespace voice::server;
using namespace std::chrono;

namespace {

void fails_since(FormScene& scene, sys_seconds since) {
  scene.hub.db.write([&](store::Writer& db) {
    db.change(R"sql(
      UPDATE feeds
      SET failing_since = :since, failures = 3, error_class = 'http', error_text = 'There is no feed at this address.',
          error_hint = 'Give its new address.'
      WHERE id = :feed)sql")
        .bind(":since", since)
        .bind(":feed", scene.feed)
        .run();
  });
}

}  // namespace

TEST_CASE("a blogger is written to once for each long trouble of the feed, with what happened and what to do") {
  FormScene scene;
  scene.member_blog();
  const auto began = scene.hub.clock.now();
  fails_since(scene, began);
  scene.hub.clock.advance(days{6});
  CHECK(write_about_feed_trouble(scene.hub.db, scene.hub.site) == 0);
  scene.hub.clock.advance(days{1});
  CHECK(write_about_feed_trouble(scene.hub.db, scene.hub.site) == 1);
  const auto letter = scene.letter_to("ann@example.org");
  CHECK(letter.subject == "We cannot read your feed");
  CHECK(letter.text.find("There is no feed at this address.") != std::string::npos);
  CHECK(letter.text.find("Give its new address.") != std::string::npos);
  scene.hub.clock.advance(days{30});
  CHECK(write_about_feed_trouble(scene.hub.db, scene.hub.site) == 0);
  fails_since(scene, scene.hub.clock.now());
  scene.hub.clock.advance(days{8});
  CHECK(write_about_feed_trouble(scene.hub.db, scene.hub.site) == 1);
}

TEST_CASE("a blogger takes home everything about the blog as JSON, and nobody else can") {
  FormScene scene;
  const auto path = scene.member_blog();
  auto ann = scene.member("ann@example.org");
  ann.get(path);
  CHECK(ann.says("Download everything"));
  ann.get(path + "/export.json");
  CHECK(ann.status() == 200);
  const auto all = nlohmann::json::parse(ann.page());
  CHECK(all["application"]["email"] == "ann@example.org");
  CHECK(all["blog"]["state"] == "active");
  CHECK(all["feed"]["url"] == scene.blog.url("/feed"));
  REQUIRE(all["posts"].size() == 1);
  CHECK(all["posts"][0]["title"] == "Plain words");
  CHECK(all["posts"][0]["here"] == "shown");
  auto eve = scene.member("eve@example.org");
  eve.get(path + "/export.json");
  CHECK(eve.status() == 404);
}
