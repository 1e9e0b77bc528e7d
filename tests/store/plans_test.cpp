// Every query that readers' pages run, held against the index that was made for it. A scan or a sort that SQLite adds by
// itself is fine on a hundred posts and ruins a page on two hundred thousand.
#include <doctest/doctest.h>

#include "store/clouds.h"
#include "store/push.h"
#include "store/river.h"
#include "tests/store/scratch.h"

using namespace voice;
using namespace voice::store;

TEST_CASE("every view of the river is read in order from the index that was made for it") {
  Scratch scratch;
  const auto reader = scratch.db.reader();
  const struct {
    const char* name;
    RiverFilter filter;
    const char* index;
  } views[] = {
      {"all", AllEntries{}, "entries_river"},
      {"a blog", OfBlog{}, "entries_of_blog"},
      {"a topic", OfTopic{}, "USING PRIMARY KEY (topic_id=? AND (river_at,entry_id)<(?,?))"},
      {"all but a topic", WithoutTopic{}, "entries_river"},
      {"a person", OfPerson{}, "USING PRIMARY KEY (person_id=? AND (river_at,entry_id)<(?,?))"},
      {"an organisation", OfOrganisation{}, "USING PRIMARY KEY (organisation_id=? AND (river_at,entry_id)<(?,?))"},
      {"a day, month or year", OfPeriod{}, "entries_river"},
  };
  for (const auto& view : views) {
    CAPTURE(view.name);
    const auto plan = reader->plan_of(river_sql(view.filter));
    CAPTURE(plan);
    CHECK(plan.find(view.index) != std::string::npos);
    CHECK(plan.find("TEMP B-TREE") == std::string::npos);
    CHECK(plan.find("SCAN b") == std::string::npos);
  }
}

TEST_CASE("short lists are found by their index and may then be sorted") {
  Scratch scratch;
  const auto reader = scratch.db.reader();
  const auto conversation = reader->plan_of(river_sql(OfConversation{}));
  CAPTURE(conversation);
  CHECK(conversation.find("conversation_entries_of") != std::string::npos);
  const auto search = reader->plan_of(river_sql(Matching{}));
  CAPTURE(search);
  CHECK(search.find("VIRTUAL TABLE INDEX") != std::string::npos);
  CHECK(search.find("SCAN e") == std::string::npos);
}

TEST_CASE("what is due at hubs and clouds is read from an index in its order") {
  Scratch scratch;
  const auto reader = scratch.db.reader();
  due_pushes(*reader, {}, 10);
  due_endings(*reader, {}, 10);
  due_clouds(*reader, {}, 10);
  find_ending(*reader, "token");
  find_cloud(*reader, FeedId{1});
  int held = 0;
  for (const auto& sql : reader->statements()) {
    if (sql.find("push_") == std::string::npos && sql.find("cloud_") == std::string::npos) continue;
    const auto plan = reader->plan_of(sql);
    CAPTURE(sql);
    CAPTURE(plan);
    CHECK(plan.find("SCAN") == std::string::npos);
    CHECK(plan.find("TEMP B-TREE") == std::string::npos);
    ++held;
  }
  CHECK(held == 5);
}
