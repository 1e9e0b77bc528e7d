// Every statement, trigger included, that storing and indexing a post runs. One that reads all posts for each blog or post
// makes a poll of a thousand blogs cost a thousand times a thousand.
#include <doctest/doctest.h>

#include "base/text.h"
#include "store/feed_state.h"
#include "tests/store/posts.h"

using namespace voice;
using namespace voice::store;

namespace {

bool reads_posts_from_end_to_end(std::string_view line) {
  for (const std::string_view table : {"entries", "e", "entry_bodies", "entry_links", "entry_topics", "entry_people",
                                       "entry_organisations", "search_rows", "url_aliases", "fetch_history"})
    if (line == "SCAN " + std::string(table)) return true;
  return false;
}

bool changes_the_schema(std::string_view sql) {
  const auto verb = trim(sql);
  // A column that is new is filled once, by the migration that adds it.
  if (verb.starts_with("UPDATE entries SET appeared_at = max(")) return true;
  return verb.starts_with("CREATE") || verb.starts_with("ALTER") || verb.starts_with("DROP") || verb.starts_with("--");
}

}  // namespace

TEST_CASE("storing and indexing a post reads no table of posts from end to end") {
  Hub hub;
  const auto ann = hub.add_blog({.title = "Ann", .author = "Ann Onymous", .organisation = "Hackney Council"});
  const auto ben = hub.add_blog({.title = "Ben"});
  hub.add_post(ann, {.title = "Data", .html = "<p>One</p>", .url = "https://ann.example/one", .tags = {"data"}});
  hub.add_post(ben, {.title = "Answer",
                     .html = "<p><a href=\"https://ann.example/one\">Ann</a></p>",
                     .url = "https://ben.example/two",
                     .author = "Ben"});
  hub.add_post(ben, {.title = "Answer, mended",
                     .html = "<p><a href=\"https://ann.example/one\">Ann</a> again</p>",
                     .url = "https://ben.example/two",
                     .author = "Ben"});
  int statements = 0;
  hub.db.write([&](Writer& db) {
    fill_blog_gaps(db, ann.blog, {.home_url = "https://ann.example/", .description = "Notes", .language = "en"});
    for (const auto& sql : db.statements()) {
      if (changes_the_schema(sql)) continue;  // by the migrations
      // Another list of topics has all posts indexed again, and is meant to.
      if (sql == "UPDATE entries SET indexed_at = NULL WHERE indexed_at IS NOT NULL") continue;
      ++statements;
      CAPTURE(sql);
      const auto plan = db.plan_of(sql);
      for (const auto line : split(plan, '\n')) {
        CAPTURE(line);
        CHECK_FALSE(reads_posts_from_end_to_end(line));
      }
    }
  });
  CHECK(statements > 40);
}

// EXPLAIN says nothing of the statements in triggers; the rows they step over are counted.
TEST_CASE("what one blog's news costs does not grow with the posts of the others") {
  const auto rows_scanned = [](int others) {
    Hub hub;
    const auto ann = hub.add_blog({.title = "Ann"});
    const auto ben = hub.add_blog({.title = "Ben"});
    std::vector<Post> posts;
    for (int i = 0; i < others; ++i)
      posts.push_back({.title = "Post", .html = "<p>Words</p>", .url = "https://ben.example/" + std::to_string(i)});
    hub.add_posts(ben, posts);
    std::int64_t before = 0, after = 0;
    hub.db.write([&](Writer& db) { before = db.rows_scanned(); });
    hub.add_post(ann, {.title = "Data", .html = "<p>One</p>", .url = "https://ann.example/one"});
    hub.db.write([&](Writer& db) {
      fill_blog_gaps(db, ann.blog, {.home_url = {}, .description = "Notes", .language = "en"});
      after = db.rows_scanned();
    });
    return after - before;
  };
  CHECK(rows_scanned(200) == rows_scanned(2));
}
