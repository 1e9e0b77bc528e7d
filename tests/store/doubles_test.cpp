#include "store/doubles.h"

#include <doctest/doctest.h>

#include "store/blogs.h"
#include "store/ingest.h"
#include "store/river.h"
#include "tests/store/scratch.h"

using namespace voice;
using namespace voice::store;

namespace {
const sys_seconds kNow = std::chrono::sys_days{std::chrono::year{2026} / 11 / 28};

struct Hub {
  Scratch scratch;

  AddedBlog join(const char* title, const char* feed_url) {
    return scratch.db.write([&](Writer& db) { return *add_blog(db, {.title = title, .feed_url = feed_url}, kNow); });
  }
  void publish(const AddedBlog& blog, const char* url, const char* title) {
    feeds::Entry entry;
    entry.url = url;
    entry.title = title;
    scratch.db.write([&](Writer& db) {
      ingest(db, blog.feed,
             {{.guid = url, .content_hash = title, .entry = &entry, .body = {}, .excerpt = "", .words = 0}}, true,
             kNow);
    });
  }
  std::vector<std::string> shown_by() {
    std::vector<std::string> blogs;
    for (const auto& entry :
         river(*scratch.db.reader(), {.filter = AllEntries{}, .now = kNow, .before = {}, .limit = 50}))
      blogs.push_back(entry.blog_title);
    return blogs;
  }
};
using Titles = std::vector<std::string>;
}  // namespace

TEST_CASE("a post that a planet passes on is shown once, as its author's, whichever was polled first") {
  for (const bool planet_first : {true, false}) {
    CAPTURE(planet_first);
    Hub hub;
    const auto author = hub.join("Author", "https://a.example/feed");
    const auto planet = hub.join("Planet", "https://planet.example/feed");
    const auto by_author = [&] { hub.publish(author, "https://a.example/post", "Post"); };
    if (!planet_first) by_author();
    hub.publish(planet, "http://www.a.example/post/?utm_source=planet", "Post");
    if (planet_first) by_author();
    CHECK(hub.shown_by() == Titles{"Author"});
  }
}

TEST_CASE("one page with two titles, and two posts that link to a front page, are not one post") {
  Hub hub;
  const auto a = hub.join("A", "https://a.example/feed");
  const auto b = hub.join("B", "https://b.example/feed");
  hub.publish(a, "https://c.example/page", "What I think of it");
  hub.publish(b, "https://c.example/page", "What she thinks of it");
  hub.publish(a, "https://c.example/", "Links");
  hub.publish(b, "https://c.example", "Links");
  CHECK(hub.shown_by().size() == 4);
}

TEST_CASE("where neither is at home, the first is shown, and the other again when it leaves") {
  Hub hub;
  const auto first = hub.join("First", "https://a.example/feed");
  const auto second = hub.join("Second", "https://b.example/feed");
  hub.publish(first, "https://c.example/page", "Page");
  hub.publish(second, "https://c.example/page", "Page");
  CHECK(hub.shown_by() == Titles{"First"});
  hub.scratch.db.write([&](Writer& db) { set_blog_state(db, first.blog, BlogState::left, kNow); });
  CHECK(hub.shown_by() == Titles{"Second"});
}

TEST_CASE("looking for doubles reads the index of addresses") {
  Scratch scratch;
  const auto plan = scratch.db.reader()->plan_of(
      "SELECT id FROM entries AS e WHERE e.url_key = 'x' AND e.feed_id <> 1 AND e.same_as IS NULL ORDER BY e.id");
  CHECK(plan.find("entries_by_url") != std::string::npos);
}
