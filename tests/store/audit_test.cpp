#include "store/audit.h"

#include <doctest/doctest.h>

#include "store/blogs.h"
#include "store/membership.h"
#include "tests/store/posts.h"

using namespace voice;
using namespace voice::store;
using namespace std::chrono_literals;
using namespace std::string_literals;

TEST_CASE("the log gives acts newest first, by kind, and to everybody only what is theirs") {
  Hub hub;
  const auto now = hub.now;
  hub.db.write([now](Writer& db) {
    record(db,
           {.user = {},
            .actor = "Ada",
            .act = "post.hidden",
            .subject = "P",
            .subject_path = {},
            .reason = "spam",
            .audience = Audience::everybody},
           now);
    record(db,
           {.user = {},
            .actor = "Ada",
            .act = "user.added",
            .subject = "B",
            .subject_path = {},
            .reason = {},
            .audience = Audience::editors},
           now + 1s);
  });
  const auto reader = hub.db.reader();
  CHECK(audit_lines(*reader, {}).size() == 2);
  CHECK(audit_lines(*reader, {}).front().act.act == "user.added");
  REQUIRE(audit_lines(*reader, {.kind = "post"}).size() == 1);
  CHECK(audit_lines(*reader, {.kind = "post"}).front().act.reason == "spam");
  REQUIRE(audit_lines(*reader, {.audience = Audience::everybody}).size() == 1);
  CHECK(audit_lines(*reader, {.kind = "po"}).empty());
}

TEST_CASE("the public log leads only to what is still shown, the editors' to all") {
  Hub hub;
  const auto blog = hub.add_blog({.title = "Ann"});
  const auto shown = hub.add_post(blog, {.title = "Shown", .url = "https://ann.example/1"});
  const auto hidden = hub.add_post(blog, {.title = "Hidden", .url = "https://ann.example/2"});
  const auto left = hub.add_blog({.title = "Bob"});
  const auto gone = hub.add_post(left, {.title = "Gone", .url = "https://bob.example/1"});
  const auto page_of = [](EntryId id) { return "/posts/" + std::to_string(id.value); };
  hub.db.write([&](Writer& db) {
    for (const auto& path :
         {"/blogs/ann"s, page_of(shown), page_of(hidden), page_of(gone), "/blogs/bob"s, "/guest-posts/never-was"s})
      record(db,
             {.user = {},
              .actor = "Ada",
              .act = "post.featured",
              .subject = "P",
              .subject_path = path,
              .reason = {},
              .audience = Audience::everybody},
             hub.now);
    hide_post(db, hidden, hub.now);
    set_blog_state(db, left.blog, BlogState::left, hub.now);
  });
  const auto reader = hub.db.reader();
  std::vector<std::string> paths;
  for (const auto& line : audit_lines(*reader, {.audience = Audience::everybody}))
    paths.push_back(line.act.subject_path);
  CHECK(paths == std::vector<std::string>{"", "", "", "", page_of(shown), "/blogs/ann"});
  CHECK(audit_lines(*reader, {}).front().act.subject_path == "/guest-posts/never-was");
}
