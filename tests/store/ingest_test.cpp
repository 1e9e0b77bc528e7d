#include "store/ingest.h"

#include <doctest/doctest.h>

#include "base/hash.h"
#include "store/blogs.h"
#include "store/river.h"
#include "tests/store/scratch.h"

using namespace voice;
using namespace voice::store;
using namespace std::chrono;

namespace {
const sys_seconds kNow = sys_days{2026y / November / 28} + 9h;

struct Joined {
  Scratch scratch;
  AddedBlog added = scratch.db.write(
      [](Writer& db) { return *add_blog(db, {.title = "A blog", .feed_url = "https://a.example/feed"}, kNow); });

  IngestCounts refresh(std::vector<feeds::Entry> entries, sys_seconds now = kNow, bool back_catalogue = false) {
    std::vector<IncomingEntry> incoming;
    for (const auto& e : entries)
      incoming.push_back({.guid = e.id,
                          .content_hash = fingerprint(e.id + e.title + e.content_html),
                          .entry = &e,
                          .body = {},
                          .excerpt = e.title,
                          .words = 1});
    return scratch.db.write([&](Writer& db) { return ingest(db, added.feed, incoming, back_catalogue, now); });
  }
  std::vector<RiverEntry> shown(sys_seconds now = kNow) {
    return river(*scratch.db.reader(), {.filter = AllEntries{}, .now = now, .before = {}, .limit = 50});
  }
};

feeds::Entry post(std::string id, std::string title, std::optional<sys_seconds> published = {}) {
  feeds::Entry e;
  e.id = id;
  e.title = std::move(title);
  e.url = "https://a.example/" + std::move(id);
  e.published = published;
  return e;
}
}  // namespace

TEST_CASE("an entry's place in the river is fixed by when it was published and first seen") {
  const struct {
    const char* name;
    std::optional<sys_seconds> published;
    bool back_catalogue;
    sys_seconds expected;
  } cases[] = {
      {"fresh", kNow - hours{2}, false, kNow - hours{2}},
      {"dated long before it appeared", kNow - days{30}, false, kNow - days{7}},
      {"there before the blog joined", kNow - days{400}, true, kNow - days{400}},
      {"without a date", std::nullopt, false, kNow},
      {"dated in the future", kNow + days{2}, false, kNow + days{2}},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    CHECK(river_place(c.published, kNow, c.back_catalogue) == c.expected);
  }
}

TEST_CASE("an entry is stored once, and an edit changes it without moving it") {
  Joined blog;
  CHECK(blog.refresh({post("1", "First", kNow - hours{5}), post("2", "Second", kNow - hours{1})}).added == 2);
  const auto again =
      blog.refresh({post("1", "First", kNow - hours{5}), post("2", "Second, mended", kNow)}, kNow + hours{1});
  CHECK(again.unchanged == 1);
  CHECK(again.changed == 1);
  const auto shown = blog.shown(kNow + hours{1});
  REQUIRE(shown.size() == 2);
  CHECK(shown[0].title == "Second, mended");
  CHECK(shown[0].river_at == kNow - hours{1});
}

TEST_CASE("a future date waits for its day") {
  Joined blog;
  blog.refresh({post("1", "Soon", kNow + days{1})});
  CHECK(blog.shown().empty());
  CHECK(blog.shown(kNow + days{1}).size() == 1);
}

TEST_CASE("entries without dates keep the order of their document") {
  Joined blog;
  blog.refresh({post("new", "Newest"), post("old", "Older")});
  const auto shown = blog.shown();
  REQUIRE(shown.size() == 2);
  CHECK(shown[0].title == "Newest");
}

TEST_CASE("a refresh that changes nothing does not move the change number") {
  Joined blog;
  blog.refresh({post("1", "First", kNow)});
  const auto before = blog.scratch.db.change_number();
  blog.refresh({post("1", "First", kNow)}, kNow + hours{1});
  CHECK(blog.scratch.db.change_number() == before);
  blog.refresh({post("1", "First, again", kNow)}, kNow + hours{2});
  CHECK(blog.scratch.db.change_number() > before);
}

TEST_CASE("a byline names each author once") {
  CHECK(byline({}) == "");
  CHECK(byline({{.name = "Ann", .url = "", .email = ""}, {.name = "Bob", .url = "", .email = ""}}) == "Ann and Bob");
  CHECK(byline({{.name = "A", .url = "", .email = ""},
                {.name = "B", .url = "", .email = ""},
                {.name = "", .url = "", .email = "c@d.example"},
                {.name = "A", .url = "", .email = ""}}) == "A and B");
}
