#include "store/indexing.h"

#include <doctest/doctest.h>
#include <thread>

#include "store/organisations.h"
#include "store/people.h"
#include "store/river.h"
#include "tests/scratch_folder.h"
#include "tests/store/posts.h"

using namespace voice;
using namespace voice::store;
using namespace std::chrono;

namespace {
std::vector<std::string> topics(Hub& hub, EntryId entry) {
  std::vector<std::string> slugs;
  for (const auto& topic : topics_of(*hub.db.reader(), entry)) slugs.push_back(topic.slug);
  return slugs;
}
using Slugs = std::vector<std::string>;
}  // namespace

TEST_CASE("a post comes under a topic by its tags, its title, or what its text says more than once") {
  Hub hub;
  const auto blog = hub.add_blog({.title = "A"});
  int n = 0;
  const auto post = [&](const std::string& title, const std::string& text, std::vector<std::string> tags = {}) {
    return topics(hub, hub.add_post(blog, {.title = title,
                                           .html = "<p>" + text + "</p>",
                                           .url = "https://a.example/" + std::to_string(++n),
                                           .tags = std::move(tags)}));
  };
  CHECK(post("x", "y", {"Service-Design"}) == Slugs{"service-design"});
  CHECK(post("Why digital exclusion matters", "y") == Slugs{"accessibility"});
  CHECK(post("x", "We publish open data.").empty());
  CHECK(post("x", "We publish open data. Open data helps.") == Slugs{"data"});
  CHECK(post("x", "He said it. They aimed and said so.").empty());
  CHECK(post("Weeknotes 12", "y") == Slugs{"weeknotes"});
  CHECK(post("x", "I read weeknotes; my weeknotes are late.").empty());
}

TEST_CASE("an editor's change of a topic's words reaches the posts that are there") {
  Hub hub;
  const auto entry =
      hub.add_post(hub.add_blog({.title = "A"}), {.title = "Bins", .html = "<p>y</p>", .url = "https://a.example/1"});
  CHECK(topics(hub, entry).empty());
  const auto topic = find_topic(*hub.db.reader(), "data")->id;
  CHECK(hub.db.write([&](Writer& db) { return add_term(db, topic, {.kind = TermKind::words, .term = "BINS"}); }));
  CHECK_FALSE(hub.db.write([&](Writer& db) { return add_term(db, topic, {.kind = TermKind::words, .term = "bins"}); }));
  index_all(hub.db, hub.clock);
  CHECK(topics(hub, entry) == Slugs{"data"});
  CHECK(find_topic(*hub.db.reader(), "data")->post_count == 1);
  CHECK(hub.db.write([&](Writer& db) { return remove_term(db, topic, {.kind = TermKind::words, .term = "bins"}); }));
  index_all(hub.db, hub.clock);
  CHECK(topics(hub, entry).empty());
  CHECK(find_topic(*hub.db.reader(), "data")->post_count == 0);
  hub.db.write([&](Writer& db) { CHECK(give_topic(db, entry, topic)); });
  hub.db.write([](Writer& db) { db.change("UPDATE entries SET indexed_at = NULL").run(); });
  index_all(hub.db, hub.clock);
  CHECK(topics(hub, entry) == Slugs{"data"});
}

TEST_CASE("weeknotes can be left out of the river") {
  Hub hub;
  hub.add_posts(hub.add_blog({.title = "A"}), {{.title = "Weeknotes", .html = "<p>y</p>", .url = "https://a.example/1"},
                                               {.title = "Other", .html = "<p>y</p>", .url = "https://a.example/2"}});
  const auto topic = find_topic(*hub.db.reader(), "weeknotes");
  REQUIRE(topic);
  CHECK(topic->is_kind_of_post);
  const auto left =
      river(*hub.db.reader(), {.filter = WithoutTopic{topic->id}, .now = hub.now, .before = {}, .limit = 9});
  REQUIRE(left.size() == 1);
  CHECK(left[0].title == "Other");
  CHECK(river(*hub.db.reader(), {.filter = OfTopic{topic->id}, .now = hub.now, .before = {}, .limit = 9}).size() == 1);
}

TEST_CASE("a post carried twice is listed once, and takes the place of the first when that goes") {
  Hub hub;
  const auto a = hub.add_blog({.title = "A"}), b = hub.add_blog({.title = "B"});
  hub.add_post(a, {.title = "Weeknotes", .html = "<p>y</p>", .url = "https://a.example/1"});
  hub.add_post(b, {.title = "Weeknotes", .html = "<p>y</p>", .url = "https://a.example/1"});
  CHECK(find_topic(*hub.db.reader(), "weeknotes")->post_count == 1);
  hub.db.write([&](Writer& db) { db.change("DELETE FROM blogs WHERE id = :id").bind(":id", a.blog).run(); });
  index_all(hub.db, hub.clock);
  CHECK(find_topic(*hub.db.reader(), "weeknotes")->post_count == 1);
}

TEST_CASE("indexing works in batches, raises the change number, and does nothing twice") {
  Hub hub;
  const auto blog = hub.add_blog({.title = "A"});
  std::vector<Post> posts;
  for (int i = 0; i < 7; ++i)
    posts.push_back({.title = std::to_string(i), .html = "<p>x</p>", .url = "https://a.example/" + std::to_string(i)});
  hub.store_posts(blog, posts);
  const auto before = hub.db.change_number();
  const auto batch = [&] {
    return hub.db.write([&](Writer& db) { return index_pending(db, TopicRules(db), hub.now, 5); });
  };
  CHECK(batch() == 5);
  CHECK(batch() == 2);
  CHECK(hub.db.change_number() == before + 2);
  CHECK(batch() == 0);
  CHECK(hub.db.change_number() == before + 2);
}

TEST_CASE("the indexer takes what arrives until it is told to stop") {
  const ScratchFolder folder;
  Hub hub(folder.file("hub.db"));
  const auto blog = hub.add_blog({.title = "A"});
  hub.store_posts(blog, {{.title = "Early", .html = "<p>x</p>", .url = "https://a.example/1"}});
  std::jthread indexer([&](std::stop_token stop) { keep_indexed(hub.db, hub.clock, stop); });
  const auto waits = [&] {
    auto reader = hub.db.reader();
    auto rows = reader->query("SELECT 1 FROM entries WHERE indexed_at IS NULL");
    return rows.step();
  };
  for (int i = 0; i < 500 && waits(); ++i) std::this_thread::sleep_for(10ms);
  CHECK_FALSE(waits());
}

TEST_CASE("who wrote a post: the blog's own writer, or the byline in a group blog") {
  Hub hub;
  const auto own = hub.add_blog({.title = "Own", .home_url = "https://own.example/", .author = "Jane Smith"});
  const auto group = hub.add_blog({.title = "Group", .kind = BlogKind::council_team});
  const auto mine =
      hub.add_post(own, {.title = "1", .html = "<p>x</p>", .url = "https://own.example/1", .author = "admin"});
  const auto theirs =
      hub.add_post(group, {.title = "2", .html = "<p>x</p>", .url = "https://group.example/2", .author = "Sam Jones"});
  const auto nobody = hub.add_post(
      group, {.title = "3", .html = "<p>x</p>", .url = "https://group.example/3", .author = "Digital Team"});
  const auto hers = hub.add_post(group, {.title = "4",
                                         .html = "<p>x</p>",
                                         .url = "https://group.example/4",
                                         .author = "Jane Smith",
                                         .author_url = "http://www.own.example"});
  const auto name = [&](EntryId entry) {
    const auto people = people_of(*hub.db.reader(), entry);
    return people.empty() ? std::string() : people[0].slug;
  };
  CHECK(name(mine) == "jane-smith");
  CHECK(name(theirs) == "sam-jones");
  CHECK(name(nobody).empty());
  CHECK(name(hers) == "jane-smith");
  const auto jane = find_person(*hub.db.reader(), "jane-smith");
  REQUIRE(jane);
  CHECK(jane->post_count == 2);
  CHECK(blogs_by(*hub.db.reader(), jane->id).size() == 2);
  CHECK(river(*hub.db.reader(), {.filter = OfPerson{jane->id}, .now = hub.now, .before = {}, .limit = 9}).size() == 2);
}

TEST_CASE("a firm or body that is named as writer is nobody, and those who sign its posts are people") {
  Hub hub;
  const auto supplier = hub.add_blog(
      {.title = "News from Acme Civic", .author = "Acme Civic", .organisation = "Acme", .kind = BlogKind::supplier});
  const auto sector = hub.add_blog({.title = "Digital notes", .organisation = "Socitm", .kind = BlogKind::sector_body});
  const auto own = hub.add_blog({.title = "Ann Ashby", .author = "Ann Ashby"});
  int n = 0;
  const auto person = [&](const AddedBlog& blog, const char* byline) {
    const auto people = people_of(
        *hub.db.reader(),
        hub.add_post(
            blog,
            {.title = "x", .html = "<p>x</p>", .url = "https://p.example/" + std::to_string(++n), .author = byline}));
    return people.empty() ? std::string() : people[0].name;
  };
  CHECK(person(supplier, "").empty());
  CHECK(person(supplier, "acme civic").empty());
  CHECK(person(supplier, "Acme").empty());
  CHECK(person(supplier, "Bright Software Ltd").empty());
  CHECK(person(supplier, "Jo Bright") == "Jo Bright");
  CHECK(person(sector, "SOCITM").empty());
  CHECK(person(own, "") == "Ann Ashby");
}

TEST_CASE("two people of one name stay two until an editor joins them") {
  Hub hub;
  const auto a = hub.add_blog({.title = "A", .author = "Jane Smith"}),
             b = hub.add_blog({.title = "B", .author = "Jane Smith"});
  hub.add_post(a, {.title = "1", .html = "<p>x</p>", .url = "https://a.example/1"});
  hub.add_post(b, {.title = "2", .html = "<p>x</p>", .url = "https://b.example/2"});
  const auto first = find_person(*hub.db.reader(), "jane-smith"),
             second = find_person(*hub.db.reader(), "jane-smith-at-b");
  REQUIRE(first);
  REQUIRE(second);
  CHECK(hub.db.write([&](Writer& db) { return join_people(db, first->id, second->id); }));
  const auto led = find_person(*hub.db.reader(), "jane-smith-at-b");
  REQUIRE(led);
  CHECK(led->slug == "jane-smith");
  CHECK(led->post_count == 2);
  CHECK(all_people(*hub.db.reader()).size() == 1);
  hub.add_post(b, {.title = "3", .html = "<p>x</p>", .url = "https://b.example/3"});
  CHECK(find_person(*hub.db.reader(), "jane-smith")->post_count == 3);
}
