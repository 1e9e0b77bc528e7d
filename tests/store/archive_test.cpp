#include "store/archive.h"

#include <doctest/doctest.h>

#include "store/blogs.h"
#include "store/membership.h"
#include "tests/store/posts.h"

using namespace voice;
using namespace voice::store;
using namespace std::chrono;

namespace {

using Counts = std::vector<std::pair<std::string, std::int64_t>>;

Counts as_pairs(const std::vector<PeriodCount>& counts) {
  Counts pairs;
  for (const auto& count : counts) pairs.emplace_back(count.period, count.posts);
  return pairs;
}

Counts days_of(Hub& hub) {
  return as_pairs(
      days_with_posts(*hub.db.reader(), hub.now - hours{24 * 400} - (hub.now - floor<hours>(hub.now)), hub.now));
}

}  // namespace

TEST_CASE("posts are counted by London's days and months, and what is dated later today waits") {
  Hub hub;  // nine in the morning of 28 November
  const auto blog = hub.add_blog({.title = "Fern"});
  const auto at = [&](const char* url, sys_seconds when) {
    return Post{.title = url, .html = "<p>x</p>", .url = url, .age = hub.now - when};
  };
  const sys_seconds summer_midnight = sys_days{2026y / July / 1} - 1h;  // in London it is the first of July
  hub.store_posts(blog, {at("https://f.example/1", summer_midnight - 1s), at("https://f.example/2", summer_midnight),
                         at("https://f.example/3", hub.now - 10min), at("https://f.example/4", hub.now + 10min)});
  CHECK(days_of(hub) == Counts{{"2026-11-28", 1}, {"2026-07-01", 1}, {"2026-06-30", 1}});
  hub.now += 30min;
  CHECK(days_of(hub) == Counts{{"2026-11-28", 2}, {"2026-07-01", 1}, {"2026-06-30", 1}});
  CHECK(as_pairs(months_with_posts(*hub.db.reader(), sys_days{2026y / January / 1}, hub.now)) ==
        Counts{{"2026-11", 2}, {"2026-07", 1}, {"2026-06", 1}});
}

TEST_CASE("counts follow what is hidden, restored, carried twice, left and deleted") {
  Hub hub;
  const auto fern = hub.add_blog({.title = "Fern"}), moss = hub.add_blog({.title = "Moss"});
  const auto posts =
      hub.store_posts(fern, {{.title = "1", .html = "<p>x</p>", .url = "https://fern.example/1", .age = 48h},
                             {.title = "2", .html = "<p>x</p>", .url = "https://fern.example/2", .age = 48h}});
  hub.store_posts(moss, {{.title = "2", .html = "<p>x</p>", .url = "https://fern.example/2", .age = 48h},
                         {.title = "3", .html = "<p>x</p>", .url = "https://moss.example/3", .age = 48h}});
  const auto count = [&] {
    const auto days = days_of(hub);
    return days.empty() ? 0 : days[0].second;
  };
  const auto write = [&](auto&& change) { hub.db.write(change); };
  CHECK(count() == 3);
  write([&](Writer& db) { hide_post(db, posts[0], hub.now); });
  CHECK(count() == 2);
  write([&](Writer& db) { restore_post(db, posts[0], hub.now); });
  CHECK(count() == 3);
  write([&](Writer& db) { set_blog_state(db, fern.blog, BlogState::paused, hub.now); });
  CHECK(count() == 3);
  write([&](Writer& db) { set_blog_state(db, fern.blog, BlogState::left, hub.now); });
  CHECK(count() == 2);  // Moss's copy is now seen
  write([&](Writer& db) { set_blog_state(db, fern.blog, BlogState::active, hub.now); });
  const auto counted_one_by_one = [&] {
    const auto reader = hub.db.reader();
    auto rows = reader->query(R"sql(
      SELECT count(*) FROM entries AS e JOIN blogs AS b ON b.id = e.blog_id
      WHERE e.hidden_at IS NULL AND e.same_as IS NULL AND b.state IN ('active', 'paused', 'gone'))sql");
    REQUIRE(rows.step());
    return rows.integer(0);
  };
  CHECK(count() == counted_one_by_one());
  write([&](Writer& db) { db.change("DELETE FROM entries WHERE id = :id").bind(":id", posts[0]).run(); });
  CHECK(count() == counted_one_by_one());
}
