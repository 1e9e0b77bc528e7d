// Every query that readers' pages run, held against the index that was made for it. A scan or a sort that SQLite adds by
// itself is fine on a hundred posts and ruins a page on two hundred thousand.
#include <doctest/doctest.h>

#include "base/text.h"
#include "store/archive.h"
#include "store/around_post.h"
#include "store/blogs_in_view.h"
#include "store/clouds.h"
#include "store/conversations.h"
#include "store/homes.h"
#include "store/organisations.h"
#include "store/people.h"
#include "store/push.h"
#include "store/reports.h"
#include "store/river.h"
#include "store/topics.h"
#include "tests/store/scratch.h"

using namespace voice;
using namespace voice::store;

namespace {
struct ViewPlan {
  const char* name;
  RiverFilter filter;
  const char* index;  // what its plan must name
};
}  // namespace

TEST_CASE("every view of the river is read in order from the index that was made for it") {
  Scratch scratch;
  const auto reader = scratch.db.reader();
  const ViewPlan views[] = {
      {"all", AllEntries{}, "entries_river"},
      {"a blog", OfBlog{}, "entries_of_blog"},
      {"a topic", OfTopic{}, "USING PRIMARY KEY (topic_id=? AND (river_at,entry_id)<(?,?))"},
      {"all but a topic", WithoutTopic{}, "entries_river"},
      {"a person", OfPerson{}, "USING PRIMARY KEY (person_id=? AND (river_at,entry_id)<(?,?))"},
      {"an organisation", OfOrganisation{}, "USING PRIMARY KEY (organisation_id=? AND (river_at,entry_id)<(?,?))"},
      {"a day, month or year", OfPeriod{}, "entries_river"},
      {"all conversations", InConversations{}, "conversation_entries_by_time"},
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

TEST_CASE("the page before is read upwards from the same index, without a sort") {
  Scratch scratch;
  const auto reader = scratch.db.reader();
  const RiverFilter filters[] = {AllEntries{},     OfBlog{},   OfTopic{},         WithoutTopic{}, OfPerson{},
                                 OfOrganisation{}, OfPeriod{}, InConversations{}, WrittenHere{}};
  for (const auto& filter : filters) {
    CAPTURE(filter.index());
    const auto up = reader->plan_of(upwards_sql(filter));
    CAPTURE(up);
    CHECK(up.find("TEMP B-TREE") == std::string::npos);
  }
  CHECK(reader->plan_of(upwards_sql(Matching{})).find("VIRTUAL TABLE INDEX") != std::string::npos);
}

namespace {

// What `look` prepares, with its plan, where it reads a table from end to end or sorts what an index could have given.
template <class Look>
std::vector<std::string> costly_statements(Look&& look) {
  Scratch scratch;
  const auto reader = scratch.db.reader();
  look(*reader);
  std::vector<std::string> costly;
  const auto statements = reader->statements();
  CHECK_FALSE(statements.empty());
  for (const auto& sql : statements) {
    const auto plan = reader->plan_of(sql);
    for (const auto line : split(plan, '\n')) {
      const bool scans = line.starts_with("SCAN") && line.find("USING") == std::string_view::npos &&
                         line.find("subquery") == std::string_view::npos && line != "SCAN CONSTANT ROW" &&
                         line != "SCAN own";
      if (scans) costly.push_back(sql + "\n" + plan);
    }
    // What one row of a list looks up for itself, such as the first post of a conversation, may sort its few rows.
    const auto own_look_ups = plan.find("CORRELATED SCALAR SUBQUERY");
    if (plan.substr(0, own_look_ups).find("TEMP B-TREE FOR ORDER BY") != std::string::npos)
      costly.push_back(sql + "\n" + plan);
  }
  return costly;
}

}  // namespace

TEST_CASE("lists of conversations, people, organisations, reports and months come from their indexes") {
  const sys_seconds now = std::chrono::sys_days{std::chrono::year{2026} / 11 / 28};
  const auto costly = costly_statements([&](Reader& db) {
    conversations(db, {}, 20);
    conversation_before_page(db, {}, 20);
    answers_of(db, {1}, 5);
    shared_pages(db, now, 5);
    also_discussing(db, {1}, 5);
    find_conversation(db, {1});
    conversation_of(db, {1});
    talk_line(db, {1});
    all_people(db);
    find_person(db, "ann");
    find_organisation(db, "x");
    find_organisation_by_code(db, "ABC");
    organisations_with_blogs(db);
    topics_of_blog(db, {1});
    open_reports(db, 10);
    count_open_reports(db);
    months_with_posts(db, now - std::chrono::hours{24 * 365}, now);
    days_with_posts(db, now - std::chrono::hours{24 * 30}, now);
    blog_months(db, {1}, now - std::chrono::hours{24 * 365});
    count_appeared(db, now - std::chrono::hours{24 * 30}, now);
    last_appeared_before(db, now);
    random_post(db, 1, now);
  });
  for (const auto& statement : costly) FAIL_CHECK(statement);
}

TEST_CASE("what appeared in a month is counted off in the index alone, and only what is shown is looked up") {
  Scratch scratch;
  const auto plan = scratch.db.reader()->plan_of(appeared_sql());
  CAPTURE(plan);
  CHECK(plan.find("SEARCH entries USING COVERING INDEX entries_appeared (appeared_at>? AND appeared_at<?)") !=
        std::string::npos);
  CHECK(plan.find("SEARCH e USING INTEGER PRIMARY KEY") != std::string::npos);
}

TEST_CASE("the blogs of a view are found without reading its posts, or by its short list of posts") {
  Scratch scratch;
  const auto reader = scratch.db.reader();
  const ViewPlan views[] = {
      {"all", AllEntries{}, "SEARCH e USING COVERING INDEX entries_of_blog"},
      {"a blog", OfBlog{}, "SEARCH e USING COVERING INDEX entries_of_blog"},
      {"written here", WrittenHere{}, "SEARCH e USING COVERING INDEX entries_of_blog"},
      {"a topic", OfTopic{}, "SEARCH l USING COVERING INDEX entry_topics_of_entry (entry_id=? AND topic_id=?"},
      {"all but a topic", WithoutTopic{}, "entry_topics_of_entry (entry_id=? AND topic_id=?)"},
      {"a person", OfPerson{}, "SEARCH l USING PRIMARY KEY (person_id=?)"},
      {"an organisation", OfOrganisation{}, "SEARCH l USING PRIMARY KEY (organisation_id=?)"},
      {"a conversation", OfConversation{}, "conversation_entries_of (conversation_id=?)"},
      {"all conversations", InConversations{}, "SEARCH e USING COVERING INDEX entries_of_blog"},
      {"a day, month or year", OfPeriod{}, "entries_river (river_at>? AND river_at<?)"},
      {"a search", Matching{}, "VIRTUAL TABLE INDEX"},
  };
  for (const auto& view : views) {
    CAPTURE(view.name);
    const auto plan = reader->plan_of(blogs_in_view_sql(view.filter));
    CAPTURE(plan);
    CHECK(plan.find(view.index) != std::string::npos);
    CHECK(plan.find("SCAN e") == std::string::npos);
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

TEST_CASE("homes to visit are found by going through the blogs once, each with its own feeds") {
  Scratch scratch;
  const auto reader = scratch.db.reader();
  homes_to_visit(*reader, {}, {}, std::chrono::seconds{60}, 10);
  int held = 0;
  for (const auto& sql : reader->statements()) {
    if (sql.find("home_visits") == std::string::npos) continue;
    const auto plan = reader->plan_of(sql);
    CAPTURE(plan);
    CHECK(plan.find("SCAN f") == std::string::npos);
    CHECK(plan.find("SCAN v") == std::string::npos);
    CHECK(plan.find("feeds_of_blog") != std::string::npos);
    ++held;
  }
  CHECK(held == 1);
}
