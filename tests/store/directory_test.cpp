#include "store/directory.h"

#include <doctest/doctest.h>

#include "store/organisations.h"
#include "tests/store/posts.h"

using namespace voice;
using namespace voice::store;
using namespace std::chrono;

namespace {
using Titles = std::vector<std::string>;
Titles titles(Hub& hub, const MemberQuery& query) {
  Titles found;
  for (const auto& member : directory(*hub.db.reader(), query, hub.now)) found.push_back(member.blog.title);
  CHECK(count_members(*hub.db.reader(), query, hub.now) == static_cast<int>(found.size()));
  return found;
}
}  // namespace

TEST_CASE("eight weeks of silence are quiet, a year is silence, and neither is death") {
  const sys_seconds now = sys_days{2026y / November / 28};
  const struct {
    BlogState state;
    std::optional<seconds> age;
    Pulse pulse;
  } cases[] = {
      {BlogState::active, 24h, Pulse::live},         {BlogState::active, 24h * 55, Pulse::live},
      {BlogState::active, 24h * 57, Pulse::quiet},   {BlogState::paused, 24h * 364, Pulse::quiet},
      {BlogState::active, 24h * 366, Pulse::silent}, {BlogState::active, std::nullopt, Pulse::waiting},
      {BlogState::gone, 24h, Pulse::gone},
  };
  for (const auto& c : cases) {
    Blog blog;
    blog.state = c.state;
    if (c.age) blog.last_post = now - *c.age;
    CHECK(name_of(pulse_of(blog, now)) == name_of(c.pulse));
    CHECK(parse_pulse(name_of(c.pulse)) == c.pulse);
  }
  CHECK_FALSE(parse_pulse("dead"));
}

TEST_CASE("members are listed by title or newest post, narrowed by nation, kind and pulse") {
  Hub hub;
  const auto b = hub.add_blog({.title = "b", .organisation = "Cyngor Gwynedd"});
  const auto a = hub.add_blog({.title = "A", .organisation = "Devon County Council", .kind = BlogKind::council_team});
  const auto c = hub.add_blog({.title = "c"});
  hub.add_blog({.title = "invited", .state = BlogState::invited});
  hub.add_post(a, {.title = "1", .html = "<p>x</p>", .url = "https://a.example/1", .age = 24h * 100});
  hub.add_post(b, {.title = "2", .html = "<p>x</p>", .url = "https://b.example/1", .age = 24h});
  CHECK(titles(hub, {}) == Titles{"A", "b", "c"});
  CHECK(titles(hub, {.nation = {}, .kind = {}, .pulse = {}, .order = MemberOrder::newest_post}) ==
        Titles{"b", "A", "c"});
  CHECK(titles(hub, {.nation = "Wales"}) == Titles{"b"});
  CHECK(titles(hub, {.nation = {}, .kind = BlogKind::council_team}) == Titles{"A"});
  CHECK(titles(hub, {.nation = {}, .kind = {}, .pulse = Pulse::quiet}) == Titles{"A"});
  CHECK(titles(hub, {.nation = {}, .kind = {}, .pulse = Pulse::waiting}) == Titles{"c"});
  hub.db.write([&](Writer& db) { set_blog_state(db, c.blog, BlogState::gone, hub.now); });
  CHECK(titles(hub, {.nation = {}, .kind = {}, .pulse = Pulse::gone}) == Titles{"c"});
  const auto page =
      directory(*hub.db.reader(),
                {.nation = {}, .kind = {}, .pulse = {}, .order = MemberOrder::title, .offset = 1, .limit = 1}, hub.now);
  REQUIRE(page.size() == 1);
  CHECK(page[0].organisation == "Gwynedd Council");
  CHECK(page[0].organisation_slug == "gwynedd-council");
}

TEST_CASE("the directory is read in order from an index") {
  Scratch scratch;
  auto reader = scratch.db.reader();
  for (const auto order : {MemberOrder::title, MemberOrder::newest_post}) {
    const auto plan = reader->plan_of(directory_sql(order));
    CAPTURE(plan);
    CHECK(plan.find(order == MemberOrder::title ? "blogs_by_title" : "blogs_by_last_post") != std::string::npos);
    CHECK(plan.find("SEARCH o USING INTEGER PRIMARY KEY") != std::string::npos);
    CHECK(plan.find("affiliations_of_blog") != std::string::npos);
  }
}
