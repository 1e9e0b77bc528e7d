#include "store/blogs.h"

#include <doctest/doctest.h>

#include "tests/store/scratch.h"

using namespace voice;
using namespace voice::store;
using namespace std::chrono;

namespace {
const sys_seconds kNow = sys_days{2026y / November / 28} + 9h;
}

TEST_CASE("a feed is here once, whichever of http and https it was given by") {
  Scratch scratch;
  const auto add = [&](const char* url) {
    return scratch.db.write([&](Writer& db) { return add_blog(db, {.title = "A blog", .feed_url = url}, kNow); });
  };
  CHECK(add("https://a.example/feed"));
  const auto twice = add("http://a.example/feed#top");
  REQUIRE_FALSE(twice);
  CHECK(twice.error().code == ErrorCode::conflict);
  const auto no_address = add("a.example/feed");
  REQUIRE_FALSE(no_address);
  CHECK(no_address.error().code == ErrorCode::malformed);
}

TEST_CASE("two blogs of one title have two addresses") {
  Scratch scratch;
  scratch.db.write([&](Writer& db) {
    CHECK(add_blog(db, {.title = "Weeknotes", .feed_url = "https://a.example/feed"}, kNow));
    CHECK(add_blog(db, {.title = "Weeknotes", .feed_url = "https://b.example/feed"}, kNow));
    CHECK(add_blog(db, {.title = "日本", .feed_url = "https://c.example/feed"}, kNow));
  });
  auto reader = scratch.db.reader();
  CHECK(find_blog_by_slug(*reader, "weeknotes"));
  CHECK(find_blog_by_slug(*reader, "weeknotes-2"));
  CHECK(find_blog_by_slug(*reader, "blog"));
}

TEST_CASE("only an active blog's feed is due") {
  Scratch scratch;
  const auto added = scratch.db.write([](Writer& db) {
    return *add_blog(db, {.title = "A", .feed_url = "https://a.example/feed", .state = BlogState::invited}, kNow);
  });
  CHECK_FALSE(find_feed(*scratch.db.reader(), added.feed)->next_fetch);
  scratch.db.write([&](Writer& db) { set_blog_state(db, added.blog, BlogState::active, kNow); });
  CHECK(find_feed(*scratch.db.reader(), added.feed)->next_fetch == kNow);
  CHECK(find_blog(*scratch.db.reader(), added.blog)->joined == kNow);
  scratch.db.write([&](Writer& db) { set_blog_state(db, added.blog, BlogState::paused, kNow + 1h); });
  CHECK_FALSE(find_feed(*scratch.db.reader(), added.feed)->next_fetch);
}

TEST_CASE("an exception leaves nothing of its transaction") {
  Scratch scratch;
  CHECK_THROWS(scratch.db.write([](Writer& db) {
    CHECK(add_blog(db, {.title = "A", .feed_url = "https://a.example/feed"}, kNow));
    throw std::runtime_error("no");
  }));
  CHECK(count_feeds(*scratch.db.reader()) == 0);
}

TEST_CASE("a Reader cannot be made to write") {
  Scratch scratch;
  auto reader = scratch.db.reader();
  CHECK_THROWS_AS(reader->query("DELETE FROM blogs"), std::logic_error);
}
