#include <doctest/doctest.h>

#include "app/import_command.h"
#include "tests/store/scratch.h"

using namespace voice;
using namespace voice::app;
using store::BlogState;

namespace {
const sys_seconds kNow = std::chrono::sys_days{std::chrono::year{2026} / 11 / 28};

feeds::OutlineList list_of(const char* body) {
  return *feeds::read_opml("<opml version='2.0'><head/><body>" + std::string(body) + "</body></opml>");
}
}  // namespace

TEST_CASE("each outline is judged in its own right and told of") {
  store::Scratch scratch;
  const auto list = list_of(
      "<outline text='Group'><outline type='rss' text='A' xmlUrl='https://a.example/feed' "
      "category='council_team'/></outline>"
      "<outline type='rss' text='B' xmlUrl='b.example/feed'/>"
      "<outline type='rss' text='A again' xmlUrl='http://a.example/feed'/>");
  const auto report =
      scratch.db.write([&](store::Writer& db) { return import_outlines(db, list, BlogState::invited, kNow); });
  CHECK(report.added == 1);
  CHECK(report.refused == 1);
  CHECK(report.already_here == 1);
  REQUIRE(report.lines.size() == 3);
  CHECK(report.lines[1].find("not an http or https address") != std::string::npos);
  const auto blogs = store::blogs_in_state(*scratch.db.reader(), BlogState::invited);
  REQUIRE(blogs.size() == 1);
  CHECK(blogs[0].kind == store::BlogKind::council_team);
}

TEST_CASE("an invitation that is imported as a member becomes one") {
  store::Scratch scratch;
  const auto list = list_of("<outline type='rss' text='A' xmlUrl='https://a.example/feed'/>");
  scratch.db.write([&](store::Writer& db) { import_outlines(db, list, BlogState::invited, kNow); });
  scratch.db.write([&](store::Writer& db) { import_outlines(db, list, BlogState::active, kNow); });
  CHECK(store::blogs_in_state(*scratch.db.reader(), BlogState::active).size() == 1);
}

TEST_CASE("a category that names the hub itself makes nobody the hub") {
  store::Scratch scratch;
  const auto list = list_of("<outline type='rss' text='A' xmlUrl='https://a.example/feed' category='hub'/>");
  scratch.db.write([&](store::Writer& db) { import_outlines(db, list, BlogState::active, kNow); });
  CHECK(store::blogs_in_state(*scratch.db.reader(), BlogState::active).at(0).kind == store::BlogKind::practitioner);
}
