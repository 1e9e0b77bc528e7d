// tests/server/form_scene.h - a hub on a real socket, and people of each kind on it, set up in a line each.
//
// What people wrote before a test begins is in words(): harmless, or as hostile as a form would have let it through.
#pragma once
#include <map>
#include <thread>

#include "server/form_reader.h"
#include "server/guest_text.h"
#include "server/http_server.h"
#include "server/routes.h"
#include "store/applications.h"
#include "store/blogs.h"
#include "store/featuring.h"
#include "store/guest_posts.h"
#include "store/indexing.h"
#include "store/ingest.h"
#include "store/membership.h"
#include "store/sessions.h"
#include "tests/scratch_folder.h"
#include "tests/server/desk_site.h"
#include "tests/server/sample_blog.h"
#include "tests/server/socket_transport.h"

namespace voice::server {

/// Before the site that is in it.
struct SceneFolder {
  ScratchFolder folder;
};

class FormScene : private SceneFolder, public DeskSite {
 public:
  explicit FormScene(std::string words = "Plain words") : DeskSite(folder.file("hub.db")), words_(one_line_of(words)) {
    add_machine_routes(router);
    add_push_routes(router);
    add_reader_routes(router);
    hub.db.write([](store::Writer& db) { store::seed_reading(db); });
    REQUIRE(http_.listen("127.0.0.1:0"));
    serving_ = std::jthread([this](std::stop_token stop) { http_.run(stop); });
  }
  FormScene(const FormScene&) = delete;

  const std::string& words() const { return words_; }
  int port() const { return http_.port(); }

  /// A browser on the hub's socket. How often its network tries is forgotten each time: that is another test's business.
  Browser visitor() {
    return Browser([this](const Request& request) {
      hub.db.write([](store::Writer& db) { db.change("DELETE FROM attempts").run(); });
      return over_socket(port(), request);
    });
  }
  Browser member(const std::string& email) {
    return with_session({.scope = store::Scope::member, .email = email, .user = {}, .expires = tomorrow()});
  }
  Browser administrator() {
    if (!administrator_) administrator_ = add_editor("ada@example.org", store::Role::administrator);
    return with_session({.scope = store::Scope::editor, .email = {}, .user = administrator_, .expires = tomorrow()});
  }

  // --- a blog that asks to join -----------------------------------------------------------------------------------------

  /// A draft with every answer given, which only `browser` can open; the path its pages begin with.
  std::string draft(Browser& browser) {
    const std::string visit(43, 'v'), key(24, 'k');
    browser.cookies()["voice-visit"] = visit;
    hub.db.write([&](store::Writer& db) {
      draft_ = store::start_application(
          db, {.key = key, .visit = visit, .address = blog.url("/"), .proof_word = "voice-proof-word"},
          hub.clock.now());
      store::set_offered_feeds(db, draft_,
                               {{.url = blog.url("/feed"), .type = "rss", .title = words_},
                                {.url = blog.url("/comments"), .type = "rss", .title = words_}});
      store::FeedSnapshot snapshot{.feed_url = blog.url("/feed"), .home_url = blog.url("/"), .title = words_};
      snapshot.report = {words_};
      snapshot.posts = {{.title = words_, .url = blog.url("/1"), .author = words_, .excerpt = words_, .published = {}}};
      store::set_snapshot(db, draft_, snapshot);
      store::set_answers(db, draft_,
                         {.title = words_,
                          .writer = words_,
                          .organisation = words_,
                          .kind = "practitioner",
                          .topics = {},
                          .shown = "full",
                          .licence = "none",
                          .email = "ann@example.org",
                          .has_right = true});
    });
    return "/add-your-blog/" + key;
  }
  /// Sent: the path of ann@example.org's page of it.
  std::string application() {
    auto somebody = visitor();
    draft(somebody);
    hub.db.write(
        [&](store::Writer& db) { REQUIRE(store::send_application(db, draft_, "BLOG-REFR", hub.clock.now())); });
    return "/my-blog/BLOG-REFR";
  }
  /// Accepted, with a post in it.
  std::string member_blog() {
    const auto path = application();
    hub.db.write([&](store::Writer& db) {
      REQUIRE(store::decide_application(
          db, draft_, {.to = store::ApplicationState::accepted, .by = "Ada", .reason = {}}, hub.clock.now()));
      feeds::Entry entry;
      entry.title = words_;
      entry.url = blog.url("/1");
      entry.published = hub.clock.now();
      entry.authors = {{.name = words_, .url = {}, .email = {}}};
      entry.tags = {words_};
      feed = store::feeds_of(db, store::find_application(db, draft_)->blog).front().id;
      store::ingest(db, feed,
                    {{.guid = "1", .content_hash = "1", .entry = &entry, .body = {}, .excerpt = words_, .words = 1}},
                    false, hub.clock.now());
    });
    store::index_all(hub.db, hub.clock);
    return path;
  }
  /// A blog that is here by a list, its blogger unknown.
  void listed_blog() {
    hub.db.write([&](store::Writer& db) {
      REQUIRE(store::add_blog(db, {.title = words_, .feed_url = blog.url("/feed"), .home_url = blog.url("/")},
                              hub.clock.now()));
    });
  }
  std::string editors_application() { return "/editor/applications/" + std::to_string(draft_.value); }
  std::string editors_feed() { return "/editor/feeds/" + std::to_string(feed.value); }

  // --- a guest post of gus@example.org ----------------------------------------------------------------------------------

  GuestPostId guest_post(store::GuestState state) {
    using store::GuestState;
    return hub.db.write([&](store::Writer& db) {
      const auto now = hub.clock.now();
      const auto id = store::start_guest_post(db, "gus@example.org", "POST-REFR", now);
      REQUIRE(store::save_guest_text(
          db, id, {.title = words_, .markdown = words_, .byline = words_, .organisation = words_}, 1, words_, now));
      if (state != GuestState::draft)
        REQUIRE(store::move_guest_post(db, id, {.to = GuestState::submitted, .note = words_}, now));
      if (state == GuestState::published)
        REQUIRE(store::publish_guest_post(db, id, render_guest_post(*store::find_guest_post(db, id)),
                                          hub_feed_of(hub.site), now));
      return id;
    });
  }
  std::string editors_guest_post(store::GuestState state) {
    return "/editor/guest-posts/" + std::to_string(guest_post(state).value);
  }

  // --- letters ------------------------------------------------------------------------------------------------------------

  std::string failed_letter() {
    return hub.db.write([&](store::Writer& db) {
      const auto id = store::queue_letter(db,
                                          {.recipient = "ann@example.org",
                                           .subject = words_,
                                           .text = words_,
                                           .html = {},
                                           .message_id = "m@hub",
                                           .once_key = {}},
                                          hub.clock.now());
      REQUIRE(store::take_due_letter(db, hub.clock.now()));
      store::letter_failed(db, id, words_);
      return "/editor/letters/" + std::to_string(id.value);
    });
  }

  /// Everything that is stored, as text; without what only counts attempts and used tokens.
  std::string everything_stored() {
    const auto db = hub.db.reader();
    std::vector<std::string> selects;
    {
      auto tables = db->query(R"sql(
        SELECT m.name, group_concat('quote("' || c.name || '")', '||''|''||')
        FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS c
        WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%' AND m.name NOT IN ('attempts', 'form_uses')
        GROUP BY m.name)sql");
      while (tables.step()) selects.push_back("SELECT " + tables.text(1) + " FROM \"" + tables.text(0) + "\"");
    }
    std::string all;
    for (const auto& select : selects) {
      all += select + "\n";
      auto rows = db->query(select);
      while (rows.step()) all += rows.text(0) + "\n";
    }
    return all;
  }

  SampleBlog blog;
  FeedId feed;

 private:
  sys_seconds tomorrow() const { return hub.clock.now() + std::chrono::hours{24}; }
  Browser with_session(const store::NewSession& session) {
    auto browser = visitor();
    const auto token = hub.tokens.token();
    hub.db.write([&](store::Writer& db) { store::start_session(db, token, session, hub.clock.now()); });
    browser.cookies()["voice"] = token;
    return browser;
  }
  static LoopLimits limits() {
    LoopLimits some;
    some.threads = 2;
    return some;
  }

  std::string words_;
  ApplicationId draft_;
  UserId administrator_;
  HttpServer http_{hub.dispatcher, hub.site, limits()};
  std::jthread serving_;
};

}  // namespace voice::server
