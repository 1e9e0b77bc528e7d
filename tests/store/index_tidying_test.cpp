#include "store/index_tidying.h"

#include <doctest/doctest.h>
#include <string>

#include "store/search.h"
#include "tests/store/posts.h"

using namespace voice;
using namespace voice::store;

namespace {

// Posts that come one by one, until their words lie in too many pieces. Returns how many.
int write_until_untidy(Hub& hub, AddedBlog blog) {
  int posts = 0;
  while (pieces_of_index(*hub.db.reader()) <= kMostPieces) {
    REQUIRE(posts < 500);
    const auto number = std::to_string(++posts);
    hub.add_post(blog, {.title = "Bins " + number, .html = "<p>bins</p>", .url = "https://a.example/" + number});
  }
  return posts;
}

int found(Hub& hub, const std::string& words) {
  return search(*hub.db.reader(), {.words = words}, hub.now, 0, 1000).total;
}

bool step(Hub& hub, IndexTidying& tidying) {
  return hub.db.write([&](Writer& db) { return tidying.step(db); });
}

}  // namespace

TEST_CASE("an index in many pieces becomes one, and finds the same") {
  Hub hub;
  const auto blog = hub.add_blog({.title = "A"});
  IndexTidying tidying;
  CHECK_FALSE(step(hub, tidying));
  const int posts = write_until_untidy(hub, blog);
  REQUIRE(posts < kNewestMatches);
  CHECK(found(hub, "bins") == posts);

  REQUIRE(step(hub, tidying));
  CHECK(tidying.is_under_way());
  // Posts go on coming meanwhile.
  hub.add_post(blog, {.title = "Late bins", .html = "<p>late</p>", .url = "https://a.example/late"});
  int steps = 1;
  while (step(hub, tidying)) REQUIRE(++steps < 1000);
  CHECK_FALSE(tidying.is_under_way());
  CHECK(pieces_of_index(*hub.db.reader()) <= 2);
  CHECK(found(hub, "bins") == posts + 1);
  CHECK(found(hub, "late") == 1);
  for (const std::string table : {"search_english", "search_other", "search_titles_english", "search_titles_other"})
    CHECK_NOTHROW(hub.db.write(
        [&](Writer& db) { db.change("INSERT INTO " + table + " (" + table + ") VALUES ('integrity-check')").run(); }));
}
