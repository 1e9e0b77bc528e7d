#include "store/blogs_in_view.h"

#include <doctest/doctest.h>
#include <set>

#include "store/featuring.h"
#include "store/organisations.h"
#include "store/people.h"
#include "store/topics.h"
#include "tests/store/posts.h"

using namespace voice;
using namespace voice::store;
using namespace std::chrono_literals;

TEST_CASE("the blogs of a view are those of the posts that the river shows for it") {
  Hub hub;
  const auto ann = hub.add_blog({.title = "Ann", .author = "Ann Onymous", .organisation = "Hackney Council"});
  const auto ben = hub.add_blog({.title = "Ben"});
  const auto cat = hub.add_blog({.title = "Cat"});
  const auto here = hub.add_blog({.title = "Guest posts", .kind = BlogKind::hub});
  hub.add_post(ann, {.title = "Data", .html = "<p>x</p>", .url = "https://ann.example/1", .tags = {"data"}});
  hub.add_post(ben, {.title = "Answer",
                     .html = "<p><a href=\"https://ann.example/1\">Ann</a></p>",
                     .url = "https://ben.example/1",
                     .tags = {"weeknotes"}});
  const auto picked = hub.add_post(
      cat, {.title = "Bins", .html = "<p>bins</p>", .url = "https://cat.example/1", .tags = {"data"}, .age = 90 * 24h});
  hub.add_post(here, {.title = "A guest", .html = "<p>x</p>", .url = "https://here.example/1"});
  hub.db.write([&](Writer& db) {
    REQUIRE(feature(db, {.entry = picked, .sentence = "s", .position = 1, .ends = hub.now + 1h, .by = {}}, hub.now));
  });
  const auto reader = hub.db.reader();
  auto& db = *reader;
  const RiverFilter filters[] = {AllEntries{},
                                 OfBlog{ben.blog},
                                 OfTopic{find_topic(db, "data")->id},
                                 WithoutTopic{find_topic(db, "weeknotes")->id},
                                 OfPerson{find_person(db, "ann-onymous")->id},
                                 OfOrganisation{find_organisation_named(db, "Hackney")},
                                 OfConversation{ConversationId{1}},
                                 WrittenHere{},
                                 InConversations{},
                                 OfPeriod{hub.now - 24h, hub.now + 24h},
                                 EverFeatured{},
                                 Matching{"bins"}};
  for (const auto& filter : filters) {
    CAPTURE(filter.index());
    std::set<std::string> expected, found;
    for (const auto& entry : river(db, {.filter = filter, .now = hub.now, .before = {}, .limit = 200}))
      expected.insert(entry.blog_title);
    for (const auto& blog : blogs_in_view(db, filter, hub.now)) found.insert(blog.title);
    CHECK_FALSE(expected.empty());
    CHECK(found == expected);
  }
}
