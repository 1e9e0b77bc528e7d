// What bloggers, guests and editors do, on the real schema: applications, guest posts, hiding and featuring.
#include <doctest/doctest.h>

#include "store/applications.h"
#include "store/featuring.h"
#include "store/feed_state.h"
#include "store/guest_posts.h"
#include "store/indexing.h"
#include "store/membership.h"
#include "store/river.h"
#include "store/topics.h"
#include "tests/store/scratch.h"

using namespace voice;
using namespace voice::store;
using namespace std::chrono;

namespace {
const sys_seconds kNow = sys_days{2026y / November / 28} + 9h;

ApplicationId apply(Database& database, const char* key, const char* feed_url) {
  return database.write([&](Writer& db) {
    const auto id =
        start_application(db, {.key = key, .visit = "browser", .address = "a.example", .proof_word = "word"}, kNow);
    set_snapshot(db, id,
                 {.feed_url = feed_url,
                  .home_url = "https://a.example/",
                  .title = "A blog",
                  .language = "en",
                  .author = "Ann",
                  .report = {"One.", "Two."},
                  .posts = {{.title = "P", .url = "u", .author = "", .excerpt = "x", .published = kNow}}});
    auto answers = find_application(db, id)->answers;
    answers.kind = "council_team";
    answers.topics = {"web", "data"};
    answers.shown = "full";
    answers.email = "Ann@example.org";
    set_answers(db, id, answers);
    return id;
  });
}
Result<Done> send(Database& database, ApplicationId id, const char* reference) {
  return database.write([&](Writer& db) { return send_application(db, id, reference, kNow); });
}
Result<Done> decide(Database& database, ApplicationId id, ApplicationState to) {
  return database.write(
      [&](Writer& db) { return decide_application(db, id, {.to = to, .by = "Ada", .reason = "why"}, kNow); });
}

const HubFeed kHub{
    .title = "Guest posts", .base_url = "https://hub.example", .tag_date = "2026-01-01", .language = "en-GB"};

Result<Done> publish(Database& database, GuestPostId id, std::int64_t revision) {
  return database.write([&](Writer& db) {
    return publish_guest_post(
        db, id,
        {.revision = revision, .body = content::SafeHtml::from_store("<p>Body</p>"), .excerpt = "Body", .words = 1},
        kHub, kNow);
  });
}
GuestPostId submitted_post(Database& database) {
  return database.write([&](Writer& db) {
    const auto id = start_guest_post(db, "gus@example.org", "GP-1", kNow);
    REQUIRE(save_guest_text(db, id, {.title = "A title", .markdown = "Body", .byline = "Gus", .organisation = ""}, 1,
                            "gus", kNow));
    REQUIRE(move_guest_post(db, id, {.to = GuestState::submitted, .note = {}, .publish_at = {}}, kNow));
    return id;
  });
}
std::vector<RiverEntry> whole_river(Database& database) {
  return river(*database.reader(), {.filter = AllEntries{}, .now = kNow, .before = {}, .limit = 50});
}
}  // namespace

TEST_CASE("an application keeps its answers and opens only for the browser that started it") {
  Scratch scratch;
  const auto id = apply(scratch.db, "key", "https://a.example/feed");
  const auto reader = scratch.db.reader();
  CHECK_FALSE(find_own_application(*reader, "key", "another browser"));
  CHECK_FALSE(find_own_application(*reader, "another key", "browser"));
  const auto own = find_own_application(*reader, "key", "browser");
  REQUIRE(own);
  CHECK(own->id == id);
  CHECK(own->answers.title == "A blog");  // taken from the feed until it is answered
  CHECK(own->answers.writer == "Ann");
  CHECK(own->answers.topics == std::vector<std::string>{"web", "data"});
  CHECK(own->feed.report == std::vector<std::string>{"One.", "Two."});
  CHECK(preview_posts(*reader, id).size() == 1);
}

TEST_CASE("one feed has one open application, and sending twice sends once") {
  Scratch scratch;
  const auto first = apply(scratch.db, "k1", "https://a.example/feed");
  const auto second = apply(scratch.db, "k2", "http://www.a.example/feed/");
  REQUIRE(send(scratch.db, first, "R1"));
  REQUIRE(send(scratch.db, first, "R2"));
  CHECK(find_application(*scratch.db.reader(), first)->reference == "R1");
  const auto refused = send(scratch.db, second, "R3");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::conflict);
  CHECK(count_waiting_applications(*scratch.db.reader()) == 1);
}

TEST_CASE("accepting makes a due blog with the answers; a second decision is told it is late") {
  Scratch scratch;
  scratch.db.write([](Writer& db) { seed_reading(db); });
  const auto id = apply(scratch.db, "k1", "https://a.example/feed");
  REQUIRE(send(scratch.db, id, "R1"));
  REQUIRE(decide(scratch.db, id, ApplicationState::accepted));
  const auto late = decide(scratch.db, id, ApplicationState::declined);
  REQUIRE_FALSE(late);
  CHECK(late.error().code == ErrorCode::conflict);
  const auto application = find_application(*scratch.db.reader(), id);
  CHECK(application->state == ApplicationState::accepted);
  CHECK(application->decided_by == "Ada");
  const auto blog = find_blog(*scratch.db.reader(), application->blog);
  REQUIRE(blog);
  CHECK(blog->state == BlogState::active);
  CHECK(blog->shown == Shown::full);
  CHECK(blog->kind == BlogKind::council_team);
  CHECK(topics_of_blog(*scratch.db.reader(), blog->id).size() == 1);
  CHECK(feeds_of(*scratch.db.reader(), blog->id).front().next_fetch == kNow);
  const auto again = send(scratch.db, apply(scratch.db, "k2", "http://a.example/feed"), "R2");
  REQUIRE_FALSE(again);
  CHECK(again.error().code == ErrorCode::conflict);
}

TEST_CASE("a blog that left and asks again comes back under its old address") {
  Scratch scratch;
  const auto id = apply(scratch.db, "k1", "https://a.example/feed");
  REQUIRE(send(scratch.db, id, "R1"));
  REQUIRE(decide(scratch.db, id, ApplicationState::accepted));
  const auto blog = find_application(*scratch.db.reader(), id)->blog;
  scratch.db.write([&](Writer& db) { set_blog_state(db, blog, BlogState::left, kNow); });
  const auto second = apply(scratch.db, "k2", "https://a.example/feed");
  REQUIRE(send(scratch.db, second, "R2"));
  REQUIRE(decide(scratch.db, second, ApplicationState::accepted));
  CHECK(find_application(*scratch.db.reader(), second)->blog == blog);
  CHECK(find_blog(*scratch.db.reader(), blog)->state == BlogState::active);
}

TEST_CASE("of two savers of a guest post the second is told, and the same text twice is one revision") {
  Scratch scratch;
  const auto id = scratch.db.write([](Writer& db) { return start_guest_post(db, "gus@example.org", "GP-1", kNow); });
  const auto save = [&](const char* text, std::int64_t from) {
    return scratch.db.write([&](Writer& db) {
      return save_guest_text(db, id, {.title = "T", .markdown = text, .byline = "G", .organisation = ""}, from, "gus",
                             kNow);
    });
  };
  CHECK(*save("one", 1) == 2);
  CHECK(*save("one", 1) == 2);
  const auto late = save("two", 1);
  REQUIRE_FALSE(late);
  CHECK(late.error().code == ErrorCode::conflict);
  CHECK(find_guest_post(*scratch.db.reader(), id)->text.markdown == "one");
  CHECK(*save("two", 2) == 3);
  CHECK(guest_revisions(*scratch.db.reader(), id).size() == 3);
}

TEST_CASE("a published guest post is an entry of the hub's own feed under a tag: id, once") {
  Scratch scratch;
  const auto id = submitted_post(scratch.db);
  CHECK_FALSE(publish(scratch.db, id, 1));  // rendered from an older text
  REQUIRE(publish(scratch.db, id, 2));
  REQUIRE(publish(scratch.db, id, 2));
  const auto entries = whole_river(scratch.db);
  REQUIRE(entries.size() == 1);
  CHECK(entries.front().original_id == "tag:hub.example,2026-01-01:/guest-posts/a-title");
  CHECK(entries.front().url == "https://hub.example/guest-posts/a-title");
  CHECK(entries.front().author == "Gus");
  CHECK(entries.front().blog_kind == BlogKind::hub);
  CHECK(entries.front().shown == Shown::full);
  CHECK(find_guest_post_by_slug(*scratch.db.reader(), "a-title")->entry == entries.front().id);
  // Never polled: not when it is asked for with all others, nor after it was paused and resumed.
  CHECK_FALSE(feeds_of(*scratch.db.reader(), entries.front().blog).front().next_fetch);
  scratch.db.write([&](Writer& db) { set_blog_state(db, entries.front().blog, BlogState::paused, kNow); });
  scratch.db.write([&](Writer& db) { set_blog_state(db, entries.front().blog, BlogState::active, kNow); });
  CHECK(all_feeds(*scratch.db.reader()).empty());
  CHECK(due_feeds(*scratch.db.reader(), kNow + 1h, 10).empty());
  REQUIRE(scratch.db.write([&](Writer& db) { return withdraw_guest_post(db, id, "a mistake", kNow); }));
  CHECK(whole_river(scratch.db).empty());
}

TEST_CASE("two guest posts with one title have two addresses, and none takes a page's") {
  Scratch scratch;
  for (const char* expected : {"submit-post", "submit-post-2"}) {
    const auto id = scratch.db.write([&](Writer& db) {
      const auto post = start_guest_post(db, "g@example.org", expected, kNow);
      REQUIRE(save_guest_text(db, post, {.title = "Submit!", .markdown = "b", .byline = "G", .organisation = ""}, 1,
                              "g", kNow));
      REQUIRE(move_guest_post(db, post, {.to = GuestState::submitted, .note = {}, .publish_at = {}}, kNow));
      return post;
    });
    REQUIRE(publish(scratch.db, id, 2));
    CHECK(find_guest_post(*scratch.db.reader(), id)->slug == expected);
  }
}

TEST_CASE("a guest post takes only the steps its state allows") {
  Scratch scratch;
  const auto id = submitted_post(scratch.db);
  const auto move = [&](GuestState to) {
    return scratch.db
        .write(
            [&](Writer& db) { return move_guest_post(db, id, {.to = to, .note = "n", .publish_at = kNow + 1h}, kNow); })
        .ok();
  };
  CHECK_FALSE(move(GuestState::submitted));
  CHECK(move(GuestState::changes_asked));
  CHECK_FALSE(publish(scratch.db, id, 2));
  CHECK(move(GuestState::submitted));
  CHECK(move(GuestState::scheduled));
  CHECK(due_guest_posts(*scratch.db.reader(), kNow).empty());
  CHECK(due_guest_posts(*scratch.db.reader(), kNow + 1h).size() == 1);
  CHECK(move(GuestState::declined));
  CHECK_FALSE(move(GuestState::accepted));
  CHECK_FALSE(publish(scratch.db, id, 2));
}

TEST_CASE("a hidden post leaves the river and comes back when it is restored") {
  Scratch scratch;
  REQUIRE(publish(scratch.db, submitted_post(scratch.db), 2));
  const auto entry = whole_river(scratch.db).front().id;
  CHECK(scratch.db.write([&](Writer& db) { return hide_post(db, entry, kNow); }));
  CHECK_FALSE(scratch.db.write([&](Writer& db) { return hide_post(db, entry, kNow); }));
  CHECK(whole_river(scratch.db).empty());
  CHECK(find_post(*scratch.db.reader(), entry, kNow)->fate == PostFate::hidden);
  CHECK(scratch.db.write([&](Writer& db) { return restore_post(db, entry, kNow); }));
  CHECK(whole_river(scratch.db).size() == 1);
}

TEST_CASE("a pick stands until its end, once at a time, in its order") {
  Scratch scratch;
  REQUIRE(publish(scratch.db, submitted_post(scratch.db), 2));
  const auto entry = whole_river(scratch.db).front().id;
  const auto pick = [&](sys_seconds now) {
    return scratch.db.write([&](Writer& db) {
      return feature(db, {.entry = entry, .sentence = "Why", .position = 1, .ends = now + 24h, .by = {}}, now);
    });
  };
  REQUIRE(pick(kNow));
  CHECK_FALSE(pick(kNow));
  CHECK(current_features(*scratch.db.reader(), kNow).size() == 1);
  CHECK(current_features(*scratch.db.reader(), kNow + 24h).empty());
  const auto before = scratch.db.change_number();
  CHECK(scratch.db.write([](Writer& db) { return close_ended_features(db, kNow + 23h); }) == 0);
  CHECK(scratch.db.change_number() == before);
  CHECK(scratch.db.write([](Writer& db) { return close_ended_features(db, kNow + 24h); }) == 1);
  CHECK(scratch.db.change_number() > before);  // kept pages are made afresh
  REQUIRE(pick(kNow + 48h));                   // its time ran out, so it can be picked again
  const auto current = current_feature_of(*scratch.db.reader(), entry, kNow + 48h);
  REQUIRE(current);
  CHECK(scratch.db.write([&](Writer& db) { return end_feature(db, current->id, kNow + 49h); }));
  CHECK(current_features(*scratch.db.reader(), kNow + 49h).empty());
  CHECK(all_features(*scratch.db.reader(), kNow + 49h, {}, 10).size() == 2);
  CHECK_FALSE(scratch.db
                  .write([](Writer& db) {
                    return feature(db, {.entry = EntryId{99}, .sentence = "W", .position = 1, .ends = kNow, .by = {}},
                                   kNow);
                  })
                  .ok());
}
