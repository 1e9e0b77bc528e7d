#include "tests/server/form_table.h"

#include "base/passwords.h"
#include "server/letters.h"
#include "store/reports.h"

namespace voice::server {
namespace {

using enum FieldKind;
using store::GuestState;

constexpr const char* kPassword = "correct horse battery";

Browser at(Browser browser, const std::string& path) {
  browser.get(path);
  return browser;
}

/// `name` is one of the pages that ask a joiner one question.
FormRow question(const std::string& name, const std::string& answer, const FieldRule& rule) {
  return {.route = "/add-your-blog/{key}/{question}",
          .arrive =
              [name](FormScene& scene) {
                auto ann = scene.visitor();
                const auto base = scene.draft(ann);
                return at(ann, base + "/" + name);
              },
          .ends = "/" + name,
          .good = {{name, answer}},
          .fields = {rule}};
}

std::vector<FormRow> joining() {
  const auto on_draft = [](const std::string& page) {
    return [page](FormScene& scene) {
      auto ann = scene.visitor();
      const auto base = scene.draft(ann);
      return at(ann, base + page);
    };
  };
  return {
      {.route = "/add-your-blog",
       .arrive = [](FormScene& scene) { return at(scene.visitor(), "/add-your-blog"); },
       .ends = "/add-your-blog",
       .good = {{"address", "BLOG"}},
       .fields = {{"address", address, true, 500}}},
      {.route = "/add-your-blog/{key}/feed",
       .arrive = on_draft("/feed"),
       .ends = "/feed",
       .good = {},
       .fields = {{"feed", choice}}},
      question("title", "A blog", {"title", line, true, 100}),
      question("writer", "Ann", {"writer", line, true, 100}),
      question("organisation", "A council", {"organisation", line, false, 150}),
      question("kind", "supplier", {"kind", choice}),
      question("topics", "data", {"topics", choice, false}),
      question("shown", "title", {"shown", choice}),
      question("licence", "none", {"licence", choice}),
      question("email", "ann@example.org", {"email", email}),
      {.route = "/add-your-blog/{key}/check",
       .arrive = on_draft("/check"),
       .ends = "/check",
       .good = {{"has_right", "yes"}},
       .fields = {{"has_right", ticked}}},
      {.route = "/add-your-blog/{key}/prove",
       .arrive =
           [](FormScene& scene) {
             auto ann = scene.visitor();
             const auto base = scene.draft(ann);
             ann.get(base + "/check");
             ann.submit("/check", {{"has_right", "yes"}});
             return ann;
           },
       .ends = "/prove",
       .good = {},
       .fields = {}},
  };
}

std::vector<FormRow> bloggers() {
  const auto on_blog = [](const std::string& page) {
    return [page](FormScene& scene) {
      const auto path = scene.member_blog();
      return at(scene.member("ann@example.org"), path + page);
    };
  };
  const auto button = [&](const std::string& name) {
    return FormRow{
        .route = "/my-blog/{reference}/" + name, .arrive = on_blog(""), .ends = "/" + name, .good = {}, .fields = {}};
  };
  return {
      {.route = "/my-blog",
       .arrive = [](FormScene& scene) { return at(scene.visitor(), "/my-blog"); },
       .ends = "/my-blog",
       .good = {{"email", "ann@example.org"}},
       .fields = {{"email", email}, {"next", line, false}}},
      {.route = "/my-blog/claim",
       .arrive =
           [](FormScene& scene) {
             scene.listed_blog();
             return at(scene.visitor(), "/my-blog/claim");
           },
       .ends = "/my-blog/claim",
       .good = {{"address", "FEED"}, {"email", "ann@example.org"}},
       .fields = {{"address", address, true, 500}, {"email", email}}},
      {.route = "/my-blog/claim/{key}",
       .arrive =
           [](FormScene& scene) {
             scene.listed_blog();
             auto ann = at(scene.visitor(), "/my-blog/claim");
             ann.submit("/claim", {{"address", scene.blog.url("/feed")}, {"email", "ann@example.org"}});
             return ann;
           },
       .ends = "",
       .good = {},
       .fields = {}},
      {.route = "/my-blog/{reference}/prove",
       .arrive =
           [](FormScene& scene) {
             const auto path = scene.application();
             return at(scene.member("ann@example.org"), path);
           },
       .ends = "/prove",
       .good = {},
       .fields = {}},
      button("check"),
      button("pause"),
      {.route = "/my-blog/{reference}/resume",
       .arrive =
           [](FormScene& scene) {
             const auto path = scene.member_blog();
             auto ann = at(scene.member("ann@example.org"), path);
             ann.submit("/pause");
             return ann;
           },
       .ends = "/resume",
       .good = {},
       .fields = {}},
      {.route = "/my-blog/{reference}/change",
       .arrive = on_blog("/change"),
       .ends = "/change",
       .good = {{"title", "Another name"}},
       .fields = {{"title", line, true, 100},
                  {"writer", line, true, 100},
                  {"organisation", line, false, 150},
                  {"kind", choice},
                  {"shown", choice},
                  {"licence", choice},
                  {"feed_url", address, true, 500}}},
      {.route = "/my-blog/{reference}/leave", .arrive = on_blog("/leave"), .ends = "/leave", .good = {}, .fields = {}},
      {.route = "/my-blog/{reference}/leave",
       .arrive =
           [](FormScene& scene) {
             const auto path = scene.application();
             return at(scene.member("ann@example.org"), path + "/leave");
           },
       .ends = "/leave",
       .good = {},
       .fields = {}},
  };
}

std::vector<FieldRule> guest_text() {
  return {{"title", line, true, 150},
          {"byline", line, true, 100},
          {"organisation", line, false, 150},
          {"markdown", text, true, 100'000},
          {"revision", revision}};
}

std::vector<FormRow> guests() {
  const auto on_draft = [](FormScene& scene) {
    scene.guest_post(GuestState::draft);
    return at(scene.member("gus@example.org"), "/guest-posts/drafts/POST-REFR");
  };
  return {
      {.route = "/guest-posts/submit",
       .arrive = [](FormScene& scene) { return at(scene.visitor(), "/guest-posts/submit"); },
       .ends = "/guest-posts/submit",
       .good = {{"email", "gus@example.org"}},
       .fields = {{"email", email}}},
      {.route = "/guest-posts/drafts",
       .arrive = [](FormScene& scene) { return at(scene.member("gus@example.org"), "/guest-posts/drafts"); },
       .ends = "/guest-posts/drafts",
       .good = {},
       .fields = {}},
      {.route = "/guest-posts/drafts/{reference}",
       .arrive = on_draft,
       .ends = "/POST-REFR",
       .good = {{"do", "send"}, {"title", "A new title"}},
       .fields = guest_text()},
      {.route = "/guest-posts/drafts/{reference}/withdraw",
       .arrive = on_draft,
       .ends = "/withdraw",
       .good = {},
       .fields = {}},
  };
}

std::vector<FormRow> signing_in() {
  const auto on_account = [](FormScene& scene) {
    scene.administrator();
    scene.hub.db.write([&](store::Writer& db) {
      const auto user = store::find_user_by_email(db, "ada@example.org");
      store::set_password_hash(db, user->id, hash_password(kPassword));
    });
    return at(scene.administrator(), "/editor/account");
  };
  const auto on_link = [](FormScene& scene, const store::Link& link) {
    const auto url = scene.hub.db.write(
        [&](store::Writer& db) { return one_time_address(db, scene.hub.site, link, std::chrono::hours{1}); });
    return at(scene.visitor(), url.substr(scene.hub.settings.site.base_url.size()));
  };
  return {
      {.route = "/sign-in",
       .arrive =
           [](FormScene& scene) {
             scene.add_editor("bob@example.org");
             return at(scene.visitor(), "/sign-in");
           },
       .ends = "/sign-in",
       .good = {{"email", "bob@example.org"}, {"do", "letter"}},
       .fields = {{"email", email}, {"next", line, false}}},
      {.route = "/sign-in",
       .arrive =
           [on_account](FormScene& scene) {
             on_account(scene);
             return at(scene.visitor(), "/sign-in");
           },
       .ends = "/sign-in",
       .good = {{"email", "ada@example.org"}, {"password", kPassword}},
       .fields = {{"email", email}, {"password", password, false}}},
      {.route = "/sign-out",
       .arrive = [](FormScene& scene) { return at(scene.administrator(), "/editor"); },
       .ends = "/sign-out",
       .good = {},
       .fields = {}},
      {.route = "/links/{token}",
       .arrive =
           [on_link](FormScene& scene) {
             return on_link(scene,
                            {.purpose = store::LinkPurpose::member, .email = "ann@example.org", .target = "/my-blog"});
           },
       .ends = "",
       .good = {},
       .fields = {}},
      {.route = "/links/{token}",
       .arrive =
           [on_link](FormScene& scene) {
             return on_link(scene,
                            {.purpose = store::LinkPurpose::first_administrator, .email = {}, .target = "/editor"});
           },
       .ends = "",
       .good = {{"name", "First"}, {"email", "first@example.org"}, {"password", kPassword}},
       .fields = {{"name", line, true, 100}, {"email", email}, {"password", password}}},
      {.route = "/editor/account",
       .arrive = on_account,
       .ends = "/editor/account",
       .good = {{"current", kPassword}, {"password", "another horse battery"}},
       .fields = {{"current", password}, {"password", password}}},
      {.route = "/editor/account/sign-out-everywhere",
       .arrive = on_account,
       .ends = "/sign-out-everywhere",
       .good = {},
       .fields = {}},
  };
}

std::vector<FormRow> readers() {
  return {
      {.route = "/appearance",
       .arrive = [](FormScene& scene) { return at(scene.visitor(), "/appearance"); },
       .ends = "/appearance",
       .good = {{"theme", "dark"}},
       .fields = {{"theme", choice}}},
      {.route = "/posts/{id}/report",
       .arrive =
           [](FormScene& scene) {
             scene.member_blog();
             return at(scene.visitor(), "/posts/1/report");
           },
       .ends = "/report",
       .good = {{"words", "It is an advertisement."}},
       .fields = {{"words", text, true, 2000}}},
  };
}

FormRow on_the_desk(const std::string& route, std::function<std::string(FormScene&)> page, const FormFields& good = {},
                    std::vector<FieldRule> fields = {}) {
  return {.route = route,
          .arrive = [page = std::move(page)](FormScene& scene) { return at(scene.administrator(), page(scene)); },
          .ends = route.substr(route.rfind('/')),
          .good = good,
          .fields = std::move(fields)};
}

std::vector<FormRow> deciding() {
  const auto application = [](FormScene& scene) {
    scene.application();
    return scene.editors_application();
  };
  const auto feed = [](FormScene& scene) {
    scene.member_blog();
    return scene.editors_feed();
  };
  const auto paused = [](FormScene& scene) {
    scene.member_blog();
    scene.hub.db.write([&](store::Writer& db) {
      store::set_blog_state(db, store::find_feed(db, scene.feed)->blog, store::BlogState::paused,
                            scene.hub.clock.now());
    });
    return scene.editors_feed();
  };
  const FieldRule reason{"reason", text, true, 1000};
  return {
      on_the_desk("/editor/applications/{id}/accept", application),
      on_the_desk("/editor/applications/{id}/decline", application, {{"reason", "No"}}, {reason}),
      on_the_desk("/editor/feeds/{id}/fetch", feed),
      on_the_desk("/editor/feeds/{id}/pause", feed),
      on_the_desk("/editor/feeds/{id}/resume", paused),
      on_the_desk("/editor/feeds/{id}/remove", feed, {{"reason", "No"}}, {reason}),
      on_the_desk("/editor/undo",
                  [paused](FormScene& scene) {
                    const auto page = paused(scene);
                    auto ada = at(scene.administrator(), page);
                    ada.submit("/resume");
                    return std::string("/editor");
                  },
                  {}, {{"line", revision}}),
      on_the_desk("/editor/topics/{slug}/add", [](FormScene&) { return std::string("/editor/topics/data"); },
                  {{"kind", "tag"}, {"term", "a new tag"}}, {{"kind", choice}, {"term", line, true, 100}}),
      on_the_desk("/editor/topics/{slug}/remove", [](FormScene&) { return std::string("/editor/topics/data"); },
                  {{"remove", "tag:data"}}, {{"remove", choice}}),
      on_the_desk("/editor/letters/{id}/resend", [](FormScene& scene) { return scene.failed_letter(); }),
  };
}

std::vector<FormRow> posts() {
  const auto shown = [](FormScene& scene) {
    scene.member_blog();
    return std::string("/editor/posts/1");
  };
  const auto hidden = [](FormScene& scene) {
    scene.member_blog();
    scene.hub.db.write([&](store::Writer& db) { store::hide_post(db, EntryId{1}, scene.hub.clock.now()); });
    return std::string("/editor/posts/1");
  };
  const auto featured = [](FormScene& scene) {
    scene.member_blog();
    scene.administrator();
    scene.hub.db.write([&](store::Writer& db) {
      REQUIRE(store::feature(db,
                             {.entry = EntryId{1},
                              .sentence = scene.words(),
                              .position = 1,
                              .ends = scene.hub.clock.now() + std::chrono::hours{24},
                              .by = store::find_user_by_email(db, "ada@example.org")->id},
                             scene.hub.clock.now()));
    });
    return std::string("/editor/posts/1");
  };
  const FieldRule reason{"reason", text, true, 1000};
  return {
      on_the_desk("/editor/posts/{id}/hide", shown, {{"reason", "No"}}, {reason}),
      on_the_desk("/editor/posts/{id}/restore", hidden, {{"reason", "Yes"}}, {reason}),
      on_the_desk("/editor/posts/{id}/feature", shown, {{"sentence", "Good"}, {"days", "7"}, {"position", "1"}},
                  {{"sentence", line, true, 200}, {"days", number, true}, {"position", number, true}}),
      on_the_desk("/editor/posts/{id}/unfeature", featured),
      on_the_desk("/editor/reports/{id}/close",
                  [](FormScene& scene) {
                    scene.member_blog();
                    scene.hub.db.write([&](store::Writer& db) {
                      store::add_report(db, EntryId{1}, scene.words(), "ann@example.org", scene.hub.clock.now());
                    });
                    return std::string("/editor/reports");
                  }),
  };
}

std::vector<FormRow> editing() {
  const auto sent = [](FormScene& scene) { return scene.editors_guest_post(GuestState::submitted); };
  const auto out = [](FormScene& scene) { return scene.editors_guest_post(GuestState::published); };
  const FieldRule about{"revision", revision};
  const std::string route = "/editor/guest-posts/{id}";
  auto save = on_the_desk(route, sent, {{"title", "A new title"}}, guest_text());
  save.ends = "/editor/guest-posts/1";
  return {
      save,
      on_the_desk(route + "/publish", sent, {}, {about}),
      on_the_desk(route + "/accept", sent, {}, {about}),
      on_the_desk(route + "/schedule", sent, {{"day", "2026-12-24"}, {"hour", "09:30"}},
                  {{"day", number}, {"hour", number}, about}),
      on_the_desk(route + "/ask", sent, {{"ask-note", "Which?"}}, {{"ask-note", text, true, 1000}, about}),
      on_the_desk(route + "/decline", sent, {{"decline-note", "No"}}, {{"decline-note", text, true, 1000}, about}),
      on_the_desk(route + "/withdraw", out, {{"withdraw-note", "No"}}, {{"withdraw-note", text, true, 1000}, about}),
  };
}

}  // namespace

std::vector<FormRow> every_form() {
  std::vector<FormRow> all;
  for (auto& part : {joining(), bloggers(), guests(), readers(), signing_in(), deciding(), posts(), editing()})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace voice::server
