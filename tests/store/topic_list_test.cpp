// The program's list of topics meets a database that has been used.
#include <doctest/doctest.h>

#include "store/blogs.h"
#include "store/topics.h"
#include "tests/store/posts.h"

using namespace voice;
using namespace voice::store;

namespace {

using Terms = std::vector<std::string>;

struct Topics : Scratch {
  bool seed(const std::vector<config::TopicSeed>& list) {
    return db.write([&](Writer& writer) { return seed_topics(writer, list); });
  }
  Topic topic(const char* slug) { return *find_topic(*db.reader(), slug); }
  Terms terms(const char* slug) {
    Terms all;
    for (const auto& term : terms_of(*db.reader(), topic(slug).id)) all.push_back(term.term);
    return all;
  }
};

config::TopicSeed bins(std::vector<std::string> tags, const char* name = "Bins") {
  return {.slug = "bins",
          .name = name,
          .description = "About bins.",
          .is_kind_of_post = false,
          .tags = std::move(tags),
          .words = {}};
}

}  // namespace

TEST_CASE("a new version's list reaches a database that has topics, without undoing editors") {
  Topics topics;
  CHECK(topics.seed({bins({"bins", "waste", "skips"})}));
  CHECK_FALSE(topics.seed({bins({"bins", "waste", "skips"})}));
  topics.db.write([&](Writer& db) {
    remove_term(db, topics.topic("bins").id, {.kind = TermKind::tag, .term = "waste"});
    add_term(db, topics.topic("bins").id, {.kind = TermKind::tag, .term = "bin day"});
  });
  const auto list = {bins({"bins", "waste", "recycling"}, "Bins and recycling"),
                     config::TopicSeed{.slug = "parks",
                                       .name = "Parks",
                                       .description = "Green places.",
                                       .is_kind_of_post = false,
                                       .tags = {"parks"},
                                       .words = {}}};
  CHECK(topics.seed(list));
  CHECK(topics.topic("bins").name == "Bins and recycling");
  CHECK(topics.terms("bins") == Terms{"bin day", "bins", "recycling"});  // "skips" was dropped, "waste" stays away
  CHECK(topics.terms("parks") == Terms{"parks"});
  CHECK_FALSE(topics.seed(list));
  CHECK(topics.seed({bins({"bins"})}));
  CHECK(topics.terms("parks") == Terms{"parks"});  // a topic is not taken from its posts
}

TEST_CASE("what a blogger says the blog is about is a topic of its posts, and a kind of post is not") {
  Hub hub;
  const auto blog = hub.add_blog({.title = "A"});
  const auto post = hub.add_post(blog, {.title = "Hello", .html = "<p>y</p>", .url = "https://a.example/1"});
  const auto slugs = [&] {
    Terms all;
    for (const auto& topic : topics_of(*hub.db.reader(), post)) all.push_back(topic.slug);
    return all;
  };
  CHECK(slugs().empty());
  hub.db.write([&](Writer& db) { set_blog_topics(db, blog.blog, {"data", "weeknotes", "no-such"}); });
  CHECK(index_all(hub.db, hub.clock) == 1);
  CHECK(slugs() == Terms{"data"});
  hub.db.write([&](Writer& db) { set_blog_topics(db, blog.blog, {}); });
  index_all(hub.db, hub.clock);
  CHECK(slugs().empty());
}

TEST_CASE("posts are indexed anew once when the rules of indexing have changed") {
  Hub hub;
  hub.add_post(hub.add_blog({.title = "A"}), {.title = "x", .html = "<p>y</p>", .url = "https://a.example/1"});
  hub.db.write([](Writer& db) { seed_reading(db); });
  CHECK(index_all(hub.db, hub.clock) == 0);
  hub.db.write([](Writer& db) {
    db.change("UPDATE counters SET value = 0 WHERE name = 'index_version'").run();
    seed_reading(db);
  });
  CHECK(index_all(hub.db, hub.clock) == 1);
}
