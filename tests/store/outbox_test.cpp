#include "store/outbox.h"

#include <doctest/doctest.h>

#include "tests/store/scratch.h"

using namespace voice;
using namespace voice::store;
using namespace std::chrono;

namespace {
const sys_seconds kNow = sys_days{2026y / November / 28} + 9h;

LetterId queue(Database& database, const char* id, const char* once = "") {
  return database.write([&](Writer& db) {
    return queue_letter(db,
                        {.recipient = "a@example.org",
                         .subject = "S",
                         .text = "secret link",
                         .html = "<p>",
                         .message_id = id,
                         .once_key = once},
                        kNow);
  });
}
std::optional<Letter> take(Database& database, sys_seconds now) {
  return database.write([&](Writer& db) { return take_due_letter(db, now); });
}
}  // namespace

TEST_CASE("a letter is taken once, and forgotten word for word when it is sent") {
  Scratch scratch;
  const auto id = queue(scratch.db, "1@h");
  const auto letter = take(scratch.db, kNow);
  REQUIRE(letter);
  CHECK(letter->text == "secret link");
  CHECK_FALSE(take(scratch.db, kNow));
  scratch.db.write([&](Writer& db) { letter_sent(db, id, AfterSending::forget_text, kNow); });
  CHECK_FALSE(take(scratch.db, kNow + 24h));
  CHECK(find_letter(*scratch.db.reader(), id)->text.empty());
  CHECK(find_letter(*scratch.db.reader(), id)->state == LetterState::sent);
}

TEST_CASE("a letter that is for one occasion is written once") {
  Scratch scratch;
  CHECK(queue(scratch.db, "1@h", "application 7 received"));
  CHECK_FALSE(queue(scratch.db, "2@h", "application 7 received"));
  CHECK(queue(scratch.db, "3@h"));
  CHECK(queue(scratch.db, "4@h"));
}

TEST_CASE("a delayed letter waits for its time, and an interrupted one for a person") {
  Scratch scratch;
  const auto id = queue(scratch.db, "1@h");
  take(scratch.db, kNow);
  scratch.db.write([&](Writer& db) { letter_delayed(db, id, "451 later", kNow + 5min); });
  CHECK_FALSE(take(scratch.db, kNow + 4min));
  const auto again = take(scratch.db, kNow + 5min);
  REQUIRE(again);
  CHECK(again->tries == 2);
  CHECK(scratch.db.write([](Writer& db) { return doubt_interrupted_letters(db); }) == 1);
  CHECK_FALSE(take(scratch.db, kNow + 24h));
  CHECK(scratch.db.write([&](Writer& db) { return resend_letter(db, id, kNow); }));
  CHECK_FALSE(scratch.db.write([&](Writer& db) { return resend_letter(db, id, kNow); }));
  CHECK(take(scratch.db, kNow));
}

TEST_CASE("whether a letter was written before is found by its key") {
  Scratch scratch;
  const auto reader = scratch.db.reader();
  CHECK_FALSE(has_letter(*reader, "feed 1"));
  for (const auto& sql : reader->statements()) {
    const auto plan = reader->plan_of(sql);
    CAPTURE(plan);
    CHECK(plan.find("(once_key=?)") != std::string::npos);
  }
}
