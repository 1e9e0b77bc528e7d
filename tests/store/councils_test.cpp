#include <algorithm>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "base/text.h"
#include "store/organisations.h"
#include "store/river.h"
#include "tests/store/posts.h"

using namespace voice;
using namespace voice::store;
using namespace std::chrono;

namespace {
std::string meant(Hub& hub, const std::string& name) {
  auto reader = hub.db.reader();
  const auto id = find_organisation_named(*reader, name);
  auto rows = reader->query("SELECT name FROM organisations WHERE id = :id");
  rows.bind(":id", id);
  return rows.step() ? rows.text(0) : std::string();
}

// The fields of one line of the reference list, by the names of its columns. It doubles no quotes.
std::vector<std::string> fields_of(const std::string& line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"')
      quoted = !quoted;
    else if (c == ',' && !quoted)
      fields.emplace_back();
    else
      fields.back() += c;
  }
  return fields;
}
}  // namespace

TEST_CASE("the list of councils has the 382 that exist, by nation and kind") {
  Hub hub;
  std::map<std::string, int> nations, kinds;
  std::set<std::string> codes, keys;
  int existing = 0;
  for (const auto& council : all_councils(*hub.db.reader())) {
    if (!council.ended_on.empty()) continue;
    ++existing;
    ++nations[council.nation];
    ++kinds[council.kind];
    CHECK_MESSAGE(council.code.size() == 3, council.name);
    codes.insert(council.code);
    keys.insert(organisation_key(council.name));
  }
  CHECK(existing == 382);
  CHECK(codes.size() == 382);
  CHECK(keys.size() == 382);
  CHECK(nations ==
        std::map<std::string, int>{{"England", 317}, {"Northern Ireland", 11}, {"Scotland", 32}, {"Wales", 22}});
  CHECK(kinds["county"] == 21);
  CHECK(kinds["district"] == 164);
  CHECK(kinds["metropolitan"] == 36);
  CHECK(kinds["london"] == 33);
  CHECK(kinds["unitary"] == 63);
}

TEST_CASE("a council that ended names what took its place, and that exists") {
  Hub hub;
  int ended = 0;
  for (const auto& council : all_councils(*hub.db.reader())) {
    if (council.ended_on.empty()) continue;
    ++ended;
    CHECK_MESSAGE(!council.successors.empty(), council.name);
    for (const auto& code : council.successors) {
      const auto next = find_organisation_by_code(*hub.db.reader(), code);
      CHECK_MESSAGE(next.has_value(), council.name);
    }
    if (council.successors.size() == 1)
      CHECK_MESSAGE(successor_of(*hub.db.reader(), council)->ended_on.empty(), council.name);
  }
  CHECK(ended > 80);
  // Twice merged: Taunton Deane went into Somerset West and Taunton, and that into Somerset.
  const auto taunton = find_organisation(*hub.db.reader(), "taunton-deane-borough-council");
  REQUIRE(taunton);
  CHECK(successor_of(*hub.db.reader(), *taunton)->name == "Somerset Council");
  const auto cumbria = find_organisation(*hub.db.reader(), "cumbria-county-council");
  REQUIRE(cumbria);
  CHECK_FALSE(successor_of(*hub.db.reader(), *cumbria));
  CHECK(predecessors_of(*hub.db.reader(), "NYE").size() == 8);
}

TEST_CASE("a council is meant by the names that people write") {
  Hub hub;
  const struct {
    const char* written;
    const char* meant;
  } cases[] = {
      {"Devon CC", "Devon County Council"},
      {"devon county council", "Devon County Council"},
      {"Hackney Council", "London Borough of Hackney"},
      {"LB Hackney", "London Borough of Hackney"},
      {"London Borough of Barking & Dagenham", "London Borough of Barking and Dagenham"},
      {"RB Kingston", "Royal Borough of Kingston upon Thames"},
      {"Cyngor Gwynedd", "Gwynedd Council"},
      {"Cyngor Sir Ynys M\xC3\xB4n", "Isle of Anglesey County Council"},
      {"Cyngor Caerdydd", "Cardiff Council"},
      {"Anglesey County Council", "Isle of Anglesey County Council"},
      {"Barnsley MBC", "Barnsley Metropolitan Borough Council"},
      {"Bath & North East Somerset", "Bath and North East Somerset Council"},
      {"Brighton & Hove City Council", "Brighton and Hove City Council"},
      {"BCP Council", "Bournemouth, Christchurch and Poole Council"},
      {"East Riding", "East Riding of Yorkshire Council"},
      {"The Highland Council", "Highland Council"},
      {"Royal Borough of Greenwich", "Royal Borough of Greenwich"},
      {"City of Edinburgh Council", "City of Edinburgh Council"},
      {"Newcastle City Council", "Newcastle upon Tyne City Council"},
      {"Stoke-on-Trent", "Stoke-on-Trent City Council"},
      {"Kings Lynn & West Norfolk", "King's Lynn and West Norfolk Borough Council"},
      {"Dorset Council", "Dorset Council"},
      {"Dorset County Council", "Dorset County Council"},
      {"Somerset County Council", "Somerset County Council"},
      {"Buckinghamshire", "Buckinghamshire Council"},
      {"Cumbria County Council", "Cumbria County Council"},
      {"Government Digital Service", ""},
      {"Fernshire County Council", ""},
  };
  for (const auto& c : cases) {
    CAPTURE(c.written);
    CHECK(meant(hub, c.written) == c.meant);
  }
}

TEST_CASE("a blog's posts stand with the body it was with on their day") {
  Hub hub;
  const auto blog = hub.add_blog({.title = "A", .organisation = "Allerdale Borough Council"});
  hub.store_posts(blog,
                  {{.title = "Before it merged", .html = "<p>x</p>", .url = "https://a.example/1", .age = 24h * 1500},
                   {.title = "After", .html = "<p>x</p>", .url = "https://a.example/2", .age = 24h * 300},
                   {.title = "At the next place", .html = "<p>x</p>", .url = "https://a.example/3", .age = 24h}});
  index_all(hub.db, hub.clock);
  hub.db.write([&](Writer& db) { change_affiliation(db, blog.blog, "Leeds City Council", hub.now - 24h * 30); });
  index_all(hub.db, hub.clock);
  const auto posts = [&](const char* slug) {
    const auto body = find_organisation(*hub.db.reader(), slug);
    REQUIRE(body);
    std::vector<std::string> titles;
    for (const auto& e :
         river(*hub.db.reader(), {.filter = OfOrganisation{body->id}, .now = hub.now, .before = {}, .limit = 9}))
      titles.push_back(e.title);
    return titles;
  };
  CHECK(posts("allerdale-borough-council") == std::vector<std::string>{"Before it merged"});
  CHECK(posts("cumberland-council") == std::vector<std::string>{"After"});
  CHECK(posts("leeds-city-council") == std::vector<std::string>{"At the next place"});
  CHECK(affiliations_of(*hub.db.reader(), blog.blog).size() == 2);
}

TEST_CASE("a blog that says another organisation has moved; other words for the same one are no move") {
  Hub hub;
  const auto blog = hub.add_blog({.title = "A", .organisation = "Devon CC"});
  const auto say = [&](const char* organisation) {
    hub.db.write(
        [&](Writer& db) { db.change("UPDATE blogs SET organisation = :said").bind(":said", organisation).run(); });
    index_all(hub.db, hub.clock);
    std::vector<std::string> names;
    for (const auto& a : affiliations_of(*hub.db.reader(), blog.blog))
      names.push_back(a.organisation.code + (a.affiliation.until ? " then" : " now") +
                      (a.affiliation.since ? " dated" : ""));
    return names;
  };
  using Names = std::vector<std::string>;
  CHECK(say("Devon CC") == Names{"DEV now"});
  CHECK(say("Devon County Council") == Names{"DEV now"});
  CHECK(say("Leeds City Council") == Names{"LDS now dated", "DEV then"});
  CHECK(say("Leeds City Council") == Names{"LDS now dated", "DEV then"});
  CHECK(say("") == Names{"LDS then dated", "DEV then"});
  CHECK(say("") == Names{"LDS then dated", "DEV then"});
  hub.db.write([&](Writer& db) { set_blog_state(db, blog.blog, BlogState::left, hub.now); });
  CHECK(organisations_with_blogs(*hub.db.reader()).empty());
  hub.db.write([&](Writer& db) { set_blog_state(db, blog.blog, BlogState::active, hub.now); });
  CHECK(organisations_with_blogs(*hub.db.reader()).size() == 2);
}

TEST_CASE("who writes for nobody is with nobody, and a body that is no council is made once") {
  Hub hub;
  hub.add_blog({.title = "A", .organisation = "Independent; formerly Croydon"});
  hub.add_blog({.title = "B", .organisation = "Local Digital"});
  hub.add_blog({.title = "C", .organisation = "local digital"});
  index_all(hub.db, hub.clock);
  const auto bodies = organisations(*hub.db.reader(), {.nation = {}, .kind = {}, .with_blogs_only = true});
  REQUIRE(bodies.size() == 1);
  CHECK(bodies[0].name == "Local Digital");
  CHECK(bodies[0].blog_count == 2);
  CHECK(bodies[0].code.empty());
}

TEST_CASE("organisations are listed by nation and kind") {
  Hub hub;
  const auto count = [&](const OrganisationFilter& filter) { return organisations(*hub.db.reader(), filter).size(); };
  CHECK(count({.nation = "Wales", .kind = {}}) == 22);
  CHECK(count({.nation = "England", .kind = "county"}) == 21);
  CHECK(count({.nation = {}, .kind = {}, .with_blogs_only = true}) == 0);
}

TEST_CASE("codes and names agree with the reference list") {
  const std::filesystem::path path = std::filesystem::path(PROJECT_ROOT) / "../shared/data/councils_mysociety.csv";
  std::ifstream file(path);
  if (!file) {
    MESSAGE("skipped: the reference list is not beside the project");
    return;
  }
  Hub hub;
  std::string line;
  std::getline(file, line);
  const auto columns = fields_of(line);
  const auto column = [&](const char* name) {
    return static_cast<std::size_t>(std::find(columns.begin(), columns.end(), name) - columns.begin());
  };
  const auto code = column("local-authority-code"), name = column("official-name"), nice = column("nice-name"),
             nation = column("nation"), end = column("end-date"), type = column("local-authority-type");
  int compared = 0;
  while (std::getline(file, line)) {
    const auto f = fields_of(line);
    if (f.size() != columns.size() || f[code].size() != 3 || f[type] == "COMB" || f[type] == "SRA") continue;
    CAPTURE(f[name]);
    const auto ours = find_organisation_by_code(*hub.db.reader(), f[code]);
    REQUIRE(ours);
    CHECK((organisation_key(ours->name) == organisation_key(f[name]) ||
           organisation_key(ours->name) == organisation_key(f[nice])));
    CHECK(ours->nation == f[nation]);
    CHECK(ours->ended_on.empty() == f[end].empty());
    ++compared;
  }
  CHECK(compared > 400);
}
