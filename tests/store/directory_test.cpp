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
      {BlogState::active, 24h * 57, Pulse::quiet},   {BlogState::active, 24h * 364, Pulse::quiet},
      {BlogState::active, 24h * 366, Pulse::silent}, {BlogState::active, std::nullopt, Pulse::waiting},
      {BlogState::gone, 24h, Pulse::gone},           {BlogState::paused, 24h, Pulse::paused},
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

TEST_CASE("members can be put in any order, either way") {
  Hub hub;
  const auto b = hub.add_blog({.title = "b", .organisation = "Devon County Council", .kind = BlogKind::supplier});
  const auto a = hub.add_blog({.title = "A"});
  const auto c = hub.add_blog({.title = "c", .organisation = "Cyngor Gwynedd", .kind = BlogKind::council_team});
  hub.add_post(a, {.title = "1", .html = "<p>x</p>", .url = "https://a.example/1", .age = 24h * 500});
  hub.add_post(a, {.title = "2", .html = "<p>x</p>", .url = "https://a.example/2", .age = 24h * 501});
  hub.add_post(b, {.title = "3", .html = "<p>x</p>", .url = "https://b.example/1", .age = 24h});
  hub.db.write([&](Writer& db) { set_blog_state(db, c.blog, BlogState::paused, hub.now); });
  const struct {
    MemberOrder order;
    Titles forwards, backwards;
  } cases[] = {
      {MemberOrder::title, {"A", "b", "c"}, {"c", "b", "A"}},
      {MemberOrder::organisation, {"b", "c", "A"}, {"c", "b", "A"}},
      {MemberOrder::kind, {"c", "A", "b"}, {"b", "A", "c"}},
      {MemberOrder::pulse, {"b", "A", "c"}, {"c", "A", "b"}},
      {MemberOrder::newest_post, {"b", "A", "c"}, {"c", "A", "b"}},
      {MemberOrder::posts, {"A", "b", "c"}, {"c", "b", "A"}},
  };
  for (const auto& c_ : cases) {
    CAPTURE(static_cast<int>(c_.order));
    MemberQuery query;
    query.order = c_.order;
    CHECK(titles(hub, query) == c_.forwards);
    query.sense = Sense::backwards;
    CHECK(titles(hub, query) == c_.backwards);
  }
}

TEST_CASE("the directory reads members by an index and nothing twice") {
  Scratch scratch;
  auto reader = scratch.db.reader();
  const struct {
    MemberOrder order;
    const char* index;
    bool in_order;
  } cases[] = {
      {MemberOrder::title, "blogs_by_title", true},         {MemberOrder::newest_post, "blogs_by_last_post", true},
      {MemberOrder::posts, "blogs_by_posts", true},         {MemberOrder::kind, "blogs_by_title", false},
      {MemberOrder::organisation, "blogs_by_title", false}, {MemberOrder::pulse, "blogs_by_title", false}};
  for (const auto& c : cases)
    for (const auto sense : {Sense::forwards, Sense::backwards}) {
      const auto plan = reader->plan_of(directory_sql(c.order, sense));
      CAPTURE(plan);
      CHECK(plan.find(c.index) != std::string::npos);
      CHECK(plan.find("SEARCH o USING INTEGER PRIMARY KEY") != std::string::npos);
      CHECK(plan.find("affiliations_of_blog") != std::string::npos);
      // One sort is that of a blog's own few affiliations; a second one would be that of the members.
      const auto sort = plan.find("TEMP B-TREE FOR ORDER BY");
      const bool sorts_members = plan.find("TEMP B-TREE FOR ORDER BY", sort + 1) != std::string::npos;
      CHECK(sorts_members != c.in_order);
    }
}
