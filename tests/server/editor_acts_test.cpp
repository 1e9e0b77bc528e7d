// Acts of editors that reach further than one page: taking back, and what puts posts under topics.
#include <doctest/doctest.h>

#include "store/topics.h"
#include "tests/server/form_scene.h"

using namespace voice;
using namespace voice::server;

namespace {
store::PostFate fate(FormScene& scene) {
  return store::find_post(*scene.hub.db.reader(), EntryId{1}, scene.hub.clock.now())->fate;
}
std::int64_t posts_shown(FormScene& scene) { return store::find_blog(*scene.hub.db.reader(), BlogId{1})->post_count; }
}  // namespace

TEST_CASE("an editor takes back the last act, and may take back that") {
  FormScene scene;
  scene.member_blog();
  auto ada = scene.administrator();
  ada.get("/editor");
  CHECK_FALSE(ada.says("Take it back"));
  ada.get("/editor/posts/1");
  ada.submit("/hide", {{"reason", "By mistake."}});
  CHECK(fate(scene) == store::PostFate::hidden);
  CHECK(posts_shown(scene) == 0);
  ada.get("/editor");
  CHECK(ada.says("You last hid a post of Plain words"));
  ada.submit("/undo");
  CHECK(ada.says("Your last act is taken back"));
  CHECK(fate(scene) == store::PostFate::shown);
  CHECK(posts_shown(scene) == 1);
  ada.submit("/undo");
  CHECK(fate(scene) == store::PostFate::hidden);
  ada.get("/editor/log");
  CHECK(ada.says("taken back"));
}

TEST_CASE("featuring, pausing and removing are taken back as they were done") {
  FormScene scene;
  scene.member_blog();
  auto ada = scene.administrator();
  const auto state = [&] { return store::find_blog(*scene.hub.db.reader(), BlogId{1})->state; };
  ada.get("/editor/posts/1");
  ada.submit("/feature", {{"sentence", "Good."}, {"days", "7"}, {"position", "1"}});
  ada.get("/editor");
  ada.submit("/undo");
  CHECK(store::current_features(*scene.hub.db.reader(), scene.hub.clock.now()).empty());
  ada.get(scene.editors_feed());
  ada.submit("/pause");
  CHECK(state() == store::BlogState::paused);
  ada.get("/editor");
  ada.submit("/undo");
  CHECK(state() == store::BlogState::active);
  ada.get(scene.editors_feed());
  ada.submit("/remove", {{"reason", "By mistake."}});
  ada.get("/editor");
  ada.submit("/undo");
  CHECK(state() == store::BlogState::active);
}

TEST_CASE("an act that somebody else has answered meanwhile is not taken back") {
  FormScene scene;
  scene.member_blog();
  auto ada = scene.administrator();
  ada.get(scene.editors_feed());
  ada.submit("/pause");
  ada.get("/editor");
  auto ann = scene.member("ann@example.org");
  ann.get("/my-blog/BLOG-REFR");
  ann.submit("/resume");
  ada.submit("/undo");
  CHECK(ada.status() == 409);
  CHECK(ada.says("Somebody has acted since"));
  CHECK(store::find_blog(*scene.hub.db.reader(), BlogId{1})->state == store::BlogState::active);
}

TEST_CASE("an editor adds a tag to a topic and takes it away, posts follow, and the log tells of both") {
  FormScene scene("Bin day");  // the post's title and its tag
  scene.member_blog();
  auto ada = scene.administrator();
  ada.get("/editor/topics");
  ada.get("/editor/topics/data");
  const auto under_data = [&] {
    store::index_all(scene.hub.db, scene.hub.clock);
    return store::find_topic(*scene.hub.db.reader(), "data")->post_count;
  };
  CHECK(under_data() == 0);
  ada.submit("/add", {{"kind", "tag"}, {"term", "Bin-Day"}});
  CHECK(ada.says("looked through again"));
  CHECK(under_data() == 1);
  ada.submit("/add", {{"kind", "tag"}, {"term", "bin day"}});
  CHECK(ada.status() == 422);
  CHECK(ada.says("already"));
  ada.submit("/remove", {{"remove", "tag:bin day"}});
  CHECK(under_data() == 0);
  ada.get("/editor/log?kind=topic");
  CHECK(ada.says("added the tag “bin day”"));
  CHECK(ada.says("took away the tag “bin day”"));
  ada.get("/editor/topics/no-such-topic");
  CHECK(ada.status() == 404);
}
