#include "store/river.h"

#include <algorithm>
#include <doctest/doctest.h>

#include "store/ingest.h"
#include "tests/store/scratch.h"

using namespace voice;
using namespace voice::store;
using namespace std::chrono;

namespace {
const sys_seconds kNow = sys_days{2026y / November / 28} + 9h;

void add_posts(Database& database, FeedId feed, int count, seconds apart) {
  std::vector<feeds::Entry> entries(count);
  std::vector<IncomingEntry> incoming;
  for (int i = 0; i < count; ++i) {
    entries[i].title = "Post " + std::to_string(i);
    entries[i].published = kNow - apart * i;
    incoming.push_back({.guid = std::to_string(i),
                        .content_hash = std::to_string(i),
                        .entry = &entries[i],
                        .body = {},
                        .excerpt = "",
                        .words = 0});
  }
  database.write([&](Writer& db) { ingest(db, feed, incoming, true, kNow); });
}
}  // namespace

TEST_CASE("paging by cursor reaches every entry once, ties included") {
  Scratch scratch;
  const auto blog = scratch.db.write(
      [](Writer& db) { return *add_blog(db, {.title = "A", .feed_url = "https://a.example/feed"}, kNow); });
  add_posts(scratch.db, blog.feed, 25, seconds{0});
  std::vector<std::string> seen;
  RiverQuery page{.filter = AllEntries{}, .now = kNow, .before = {}, .limit = 4};
  for (;;) {
    const auto entries = river(*scratch.db.reader(), page);
    if (entries.empty()) break;
    for (const auto& e : entries) seen.push_back(e.title);
    page.before = parse_cursor(entries.back().cursor().text());
    REQUIRE(page.before);
  }
  CHECK(seen.size() == 25);
  std::sort(seen.begin(), seen.end());
  CHECK(std::unique(seen.begin(), seen.end()) == seen.end());
}

TEST_CASE("the page before a place is the one that ends there") {
  Scratch scratch;
  const auto blog = scratch.db.write(
      [](Writer& db) { return *add_blog(db, {.title = "A", .feed_url = "https://a.example/feed"}, kNow); });
  add_posts(scratch.db, blog.feed, 25, seconds{0});
  const auto reader = scratch.db.reader();
  for (const RiverFilter& filter : {RiverFilter{AllEntries{}}, RiverFilter{OfBlog{blog.blog}}}) {
    RiverQuery page{.filter = filter, .now = kNow, .before = {}, .limit = 4};
    std::vector<std::optional<Cursor>> starts;
    for (;;) {
      const auto entries = river(*reader, page);
      if (entries.empty()) break;
      starts.push_back(page.before);
      if (page.before) {
        const auto newer =
            page_before(*reader, {.filter = filter, .now = kNow, .before = entries.front().cursor(), .limit = 4});
        const auto& expected = starts[starts.size() - 2];
        CHECK(newer.has_value() == expected.has_value());
        if (newer && expected) CHECK(newer->text() == expected->text());
      }
      page.before = entries.back().cursor();
    }
    CHECK(starts.size() == 7);
  }
}

TEST_CASE("a cursor that is no cursor is refused") {
  for (const char* text : {"", "-", "1", "x-1", "1-x", "1-0", "1--5", "9999999999999999999-1"})
    CHECK_FALSE_MESSAGE(parse_cursor(text), text);
  CHECK(parse_cursor("-100-7"));
}

TEST_CASE("a blog that left takes its posts with it; a paused one keeps them shown") {
  Scratch scratch;
  const auto blog = scratch.db.write(
      [](Writer& db) { return *add_blog(db, {.title = "A", .feed_url = "https://a.example/feed"}, kNow); });
  add_posts(scratch.db, blog.feed, 1, 1h);
  const auto count = [&] {
    return river(*scratch.db.reader(), {.filter = AllEntries{}, .now = kNow, .before = {}, .limit = 9}).size();
  };
  scratch.db.write([&](Writer& db) { set_blog_state(db, blog.blog, BlogState::paused, kNow); });
  CHECK(count() == 1);
  scratch.db.write([&](Writer& db) { set_blog_state(db, blog.blog, BlogState::left, kNow); });
  CHECK(count() == 0);
}

TEST_CASE("the river and a blog's page read their own index, in order") {
  Scratch scratch;
  auto reader = scratch.db.reader();
  const auto all = reader->plan_of(river_sql(AllEntries{}));
  CHECK(all.find("entries_river") != std::string::npos);
  CHECK(all.find("TEMP B-TREE") == std::string::npos);
  const auto one = reader->plan_of(river_sql(OfBlog{}));
  CHECK(one.find("entries_of_blog") != std::string::npos);
  CHECK(one.find("TEMP B-TREE") == std::string::npos);
}
