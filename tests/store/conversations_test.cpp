#include "store/conversations.h"

#include <doctest/doctest.h>

#include "tests/store/posts.h"

using namespace voice;
using namespace voice::store;
using namespace std::chrono;

namespace {
std::string link_to(const std::string& url, const std::string& text = "this") {
  return "<p><a href=\"" + url + "\">" + text + "</a></p>";
}

struct Talk : Hub {
  AddedBlog ann = add_blog({.title = "Ann"}), bob = add_blog({.title = "Bob"}), cat = add_blog({.title = "Cat"});

  std::vector<Answer> answers(EntryId entry) { return answers_of(*db.reader(), entry, 20); }
  std::optional<Conversation> conversation(EntryId entry) { return conversation_of(*db.reader(), entry); }
};
}  // namespace

TEST_CASE("a link from one member's post to another's is a reply, and is an answer seen from there") {
  Talk hub;
  const auto first =
      hub.add_post(hub.ann, {.title = "First", .html = "<p>x</p>", .url = "https://ann.example/first/", .age = 48h});
  const auto reply = hub.add_post(hub.bob, {.title = "Reply",
                                            .html = link_to("http://www.ann.example/first?utm_source=x#top"),
                                            .url = "https://bob.example/reply",
                                            .age = 24h});
  REQUIRE(hub.answers(first).size() == 1);
  CHECK(hub.answers(first)[0].entry == reply);
  CHECK(hub.answers(first)[0].direction == Direction::answered_by);
  CHECK(hub.answers(first)[0].blog_title == "Bob");
  REQUIRE(hub.answers(reply).size() == 1);
  CHECK(hub.answers(reply)[0].direction == Direction::replies_to);
  REQUIRE(hub.conversation(first));
  CHECK(hub.conversation(first)->id == hub.conversation(reply)->id);
  CHECK(hub.conversation(first)->post_count == 2);
  CHECK(hub.conversation(first)->blog_count == 2);
  CHECK(hub.conversation(first)->title == "First");
  const auto line = talk_line(*hub.db.reader(), first);
  CHECK(line.posts == 2);
  CHECK(line.answers == 1);
}

TEST_CASE("an answer that is stored before the post it answers is found when that arrives") {
  Talk hub;
  const auto reply = hub.add_post(
      hub.bob, {.title = "Reply", .html = link_to("https://ann.example/first"), .url = "https://bob.example/reply"});
  CHECK_FALSE(hub.conversation(reply));
  const auto first =
      hub.add_post(hub.ann, {.title = "First", .html = "<p>x</p>", .url = "https://ann.example/first", .age = 48h});
  CHECK(hub.answers(first).size() == 1);
  CHECK(hub.conversation(reply));
}

TEST_CASE("a post is also known by its guid's address and by where old addresses lead") {
  Talk hub;
  const auto first = hub.add_post(hub.ann, {.title = "First",
                                            .html = "<p>x</p>",
                                            .url = "https://ann.example/first",
                                            .age = 48h,
                                            .id = "https://ann.example/?p=12"});
  hub.add_post(hub.bob,
               {.title = "By guid", .html = link_to("https://ann.example/?p=12"), .url = "https://bob.example/1"});
  CHECK(hub.answers(first).size() == 1);
  hub.add_post(
      hub.cat,
      {.title = "By the old address", .html = link_to("https://old.example/first"), .url = "https://cat.example/1"});
  CHECK(hub.answers(first).size() == 1);
  hub.db.write([](Writer& db) {
    add_redirect(db, "https://old.example/first", "https://ann.example/first");
    db.change("UPDATE entries SET indexed_at = NULL").run();
  });
  index_all(hub.db, hub.clock);
  CHECK(hub.answers(first).size() == 2);
}

TEST_CASE("a post that its feed shows at a new address is found by links to the old one, and back again") {
  Talk hub;
  const std::string guid = "tag:ann,1";
  const auto put = [&](const std::string& url) {
    feeds::Entry entry;
    entry.id = guid;
    entry.title = "First";
    entry.url = url;
    entry.published = hub.now - 48h;
    const std::vector<IncomingEntry> incoming = {
        {.guid = guid, .content_hash = url, .entry = &entry, .body = {}, .excerpt = {}, .words = 0}};
    hub.db.write([&](Writer& db) { ingest(db, hub.ann.feed, incoming, true, hub.now); });
    index_all(hub.db, hub.clock);
  };
  const auto link = [&](const AddedBlog& blog, const std::string& name, const std::string& to) {
    return hub.add_post(blog, {.title = name, .html = link_to(to), .url = "https://" + name + ".example/1"});
  };
  put("https://ann.example/2024/first");
  EntryId first;
  {
    const auto reader = hub.db.reader();
    auto rows = reader->query("SELECT id FROM entries WHERE guid = :guid");
    rows.bind(":guid", guid);
    REQUIRE(rows.step());
    first = rows.id<EntryId>(0);
  }
  link(hub.bob, "before", "https://ann.example/2024/first");
  put("https://ann.example/first");
  link(hub.cat, "after", "https://ann.example/2024/first");
  CHECK(hub.answers(first).size() == 2);
  put("https://ann.example/2024/first");
  link(hub.bob, "again", "https://ann.example/2024/first");
  link(hub.cat, "late", "https://ann.example/first");
  CHECK(hub.answers(first).size() == 4);
}

TEST_CASE("however often a post has moved, its first addresses lead to it, and no more than twenty are kept") {
  Talk hub;
  const auto key = [](int n) { return "ann.example/" + std::to_string(n); };
  for (int n = 1; n <= 100; ++n) hub.db.write([&](Writer& db) { post_moved(db, key(n), key(n + 1)); });
  const auto post = hub.add_post(hub.ann, {.title = "Moved", .html = "<p>x</p>", .url = "https://" + key(101)});
  hub.add_post(hub.bob, {.title = "B", .html = link_to("https://" + key(1)), .url = "https://bob.example/1"});
  CHECK(hub.answers(post).size() == 1);
  const auto reader = hub.db.reader();
  auto rows = reader->query("SELECT count(*) FROM url_aliases");
  REQUIRE(rows.step());
  CHECK(rows.integer(0) == 20);
  CHECK(reader->plan_of("SELECT count(*) FROM url_aliases WHERE leads_to = :to").find("url_aliases_to") !=
        std::string::npos);
}

TEST_CASE("an address that another post has by now, or that was a front page, leads nowhere") {
  Talk hub;
  hub.add_post(hub.ann, {.title = "Other", .html = "<p>x</p>", .url = "https://ann.example/taken"});
  hub.db.write([](Writer& db) {
    post_moved(db, "ann.example/taken", "ann.example/new");
    post_moved(db, "ann.example", "ann.example/new");
  });
  const auto reader = hub.db.reader();
  auto rows = reader->query("SELECT count(*) FROM url_aliases");
  REQUIRE(rows.step());
  CHECK(rows.integer(0) == 0);
}

TEST_CASE("a blog does not talk with itself, and a post not with its own address") {
  Talk hub;
  const auto one = hub.add_post(hub.ann, {.title = "1", .html = "<p>x</p>", .url = "https://ann.example/1"});
  const auto two = hub.add_post(hub.ann, {.title = "2",
                                          .html = link_to("https://ann.example/1") + link_to("https://ann.example/2"),
                                          .url = "https://ann.example/2"});
  CHECK(hub.answers(one).empty());
  CHECK_FALSE(hub.conversation(two));
}

TEST_CASE("two conversations that a post joins become one under the older number, and the other leads on") {
  Talk hub;
  const auto a1 =
      hub.add_post(hub.ann, {.title = "A1", .html = "<p>x</p>", .url = "https://ann.example/1", .age = 90h});
  hub.add_post(hub.bob,
               {.title = "B1", .html = link_to("https://ann.example/1"), .url = "https://bob.example/1", .age = 80h});
  const auto c1 =
      hub.add_post(hub.cat, {.title = "C1", .html = "<p>x</p>", .url = "https://cat.example/1", .age = 70h});
  hub.add_post(hub.bob,
               {.title = "B2", .html = link_to("https://cat.example/1"), .url = "https://bob.example/2", .age = 60h});
  const auto older = hub.conversation(a1)->id, newer = hub.conversation(c1)->id;
  CHECK(older < newer);
  hub.add_post(hub.ann, {.title = "A2",
                         .html = link_to("https://bob.example/1") + link_to("https://bob.example/2"),
                         .url = "https://ann.example/2",
                         .age = 5h});
  CHECK(hub.conversation(c1)->id == older);
  CHECK(hub.conversation(a1)->post_count == 5);
  const auto led = find_conversation(*hub.db.reader(), newer);
  REQUIRE(led);
  CHECK(led->id == older);
  CHECK(conversations(*hub.db.reader(), {}, 10).size() == 1);
}

TEST_CASE("a link that is taken out parts a conversation; the part with the oldest post keeps the number") {
  Talk hub;
  const auto a = hub.add_post(hub.ann, {.title = "A", .html = "<p>x</p>", .url = "https://ann.example/1", .age = 90h});
  const auto b = hub.add_post(
      hub.bob, {.title = "B", .html = link_to("https://ann.example/1"), .url = "https://bob.example/1", .age = 80h});
  const auto c = hub.add_post(
      hub.cat, {.title = "C", .html = link_to("https://bob.example/1"), .url = "https://cat.example/1", .age = 70h});
  const auto number = hub.conversation(a)->id;
  CHECK(hub.conversation(c)->id == number);
  hub.add_post(hub.bob, {.title = "B", .html = "<p>no link any more</p>", .url = "https://bob.example/1", .age = 80h});
  CHECK_FALSE(hub.conversation(a));
  REQUIRE(hub.conversation(c));
  CHECK(hub.conversation(c)->post_count == 2);
  CHECK(hub.answers(a).empty());
  CHECK(hub.answers(b).size() == 1);
}

TEST_CASE("lists of conversations lead back to the list before") {
  Hub hub;
  const auto a = hub.add_blog({.title = "A"}), b = hub.add_blog({.title = "B"});
  for (int i = 0; i < 7; ++i) {
    const auto n = std::to_string(i);
    hub.add_post(a, {.title = "Q" + n, .html = "<p>x</p>", .url = "https://a.example/" + n, .age = hours{100 - 2 * i}});
    hub.add_post(b, {.title = "R" + n,
                     .html = "<p><a href='https://a.example/" + n + "'>A</a></p>",
                     .url = "https://b.example/" + n,
                     .age = hours{99 - 2 * i}});
  }
  const auto reader = hub.db.reader();
  const auto first = conversations(*reader, {}, 3);
  REQUIRE(first.size() == 3);
  const auto second = conversations(*reader, first.back(), 3);
  const auto third = conversations(*reader, second.back(), 3);
  REQUIRE(third.size() == 1);
  const auto back = conversation_before_page(*reader, third.front(), 3);
  REQUIRE(back);
  CHECK(back->id == first.back().id);
  CHECK_FALSE(conversation_before_page(*reader, second.front(), 3));
}

TEST_CASE("a round-up answers everybody and joins nobody") {
  Talk hub;
  std::string links;
  std::vector<EntryId> posts;
  for (int i = 0; i < kRoundUp; ++i) {
    const auto blog = hub.add_blog({.title = "W" + std::to_string(i)});
    const auto url = "https://w" + std::to_string(i) + ".example/1";
    posts.push_back(hub.add_post(blog, {.title = "Post", .html = "<p>x</p>", .url = url, .age = 50h}));
    links += link_to(url);
  }
  hub.add_post(hub.ann, {.title = "Links of the week", .html = links, .url = "https://ann.example/week"});
  for (const auto post : posts) {
    CHECK(hub.answers(post).size() == 1);
    CHECK_FALSE(hub.conversation(post));
    CHECK(talk_line(*hub.db.reader(), post).answers == 1);
  }
}

TEST_CASE("a page outside counts once a blog and fades over weeks; furniture does not count") {
  Talk hub;
  const std::string report = "https://www.gov.uk/report", licence = "https://creativecommons.org/licenses/by/4.0/";
  hub.add_posts(hub.ann, {{.title = "1",
                           .html = link_to(report, "A report") + link_to(licence),
                           .url = "https://ann.example/1",
                           .age = 24h * 7},
                          {.title = "2", .html = link_to(report), .url = "https://ann.example/2", .age = 24h * 8}});
  CHECK(shared_pages(*hub.db.reader(), hub.now, 9).empty());
  const auto reply = hub.add_post(hub.bob, {.title = "3",
                                            .html = link_to("http://gov.uk/report/", "Read the report on it") +
                                                    link_to(licence) + link_to("https://www.gov.uk/"),
                                            .url = "https://bob.example/1",
                                            .age = 0h});
  const auto pages = shared_pages(*hub.db.reader(), hub.now, 9);
  REQUIRE(pages.size() == 1);
  CHECK(pages[0].blogs == 2);
  CHECK(pages[0].weight == doctest::Approx(1.5));
  CHECK(pages[0].title == "Read the report on it");
  CHECK(pages[0].entries.front() == reply);
  CHECK(shared_pages(*hub.db.reader(), hub.now + 24h * 40, 9).empty());
  const auto also = also_discussing(*hub.db.reader(), reply, 9);
  REQUIRE(also.size() == 1);
  CHECK(also[0].blogs == 1);
}

TEST_CASE("editors join two posts and take one out, and links found later do not undo it") {
  Talk hub;
  const auto a = hub.add_post(hub.ann, {.title = "A", .html = "<p>x</p>", .url = "https://ann.example/1", .age = 90h});
  const auto b = hub.add_post(hub.bob, {.title = "B", .html = "<p>x</p>", .url = "https://bob.example/1", .age = 80h});
  const auto c = hub.add_post(
      hub.cat, {.title = "C", .html = link_to("https://bob.example/1"), .url = "https://cat.example/1", .age = 70h});
  CHECK(hub.db.write([&](Writer& db) { return join_conversation(db, b, a); }));
  CHECK_FALSE(hub.db.write([&](Writer& db) { return join_conversation(db, a, b); }));
  CHECK(hub.conversation(a)->post_count == 3);
  CHECK(hub.db.write([&](Writer& db) { return leave_conversation(db, c); }));
  CHECK_FALSE(hub.conversation(c));
  CHECK(hub.conversation(a)->post_count == 2);
  hub.db.write([](Writer& db) { db.change("UPDATE entries SET indexed_at = NULL").run(); });
  index_all(hub.db, hub.clock);
  CHECK_FALSE(hub.conversation(c));
  CHECK(hub.conversation(a)->post_count == 2);
}

TEST_CASE("a blog that leaves takes its posts out of every conversation") {
  Talk hub;
  const auto a = hub.add_post(hub.ann, {.title = "A", .html = "<p>x</p>", .url = "https://ann.example/1", .age = 90h});
  hub.add_post(hub.bob,
               {.title = "B", .html = link_to("https://ann.example/1"), .url = "https://bob.example/1", .age = 80h});
  hub.db.write([&](Writer& db) { set_blog_state(db, hub.bob.blog, BlogState::left, hub.now); });
  CHECK(hub.answers(a).empty());
  hub.db.write([&](Writer& db) { db.change("DELETE FROM blogs WHERE id = :id").bind(":id", hub.bob.blog).run(); });
  CHECK_FALSE(hub.conversation(a));
}
