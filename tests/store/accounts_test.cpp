#include "store/accounts.h"

#include <doctest/doctest.h>

#include "store/attempts.h"
#include "store/sessions.h"
#include "tests/store/scratch.h"

using namespace voice;
using namespace voice::store;
using namespace std::chrono;

namespace {
const sys_seconds kNow = sys_days{2026y / November / 28} + 9h;

UserId add_editor(Database& database, const char* email) {
  return database.write([&](Writer& db) {
    return *add_user(db, {.email = email, .name = "Ada", .role = Role::editor, .password_hash = "h"}, kNow);
  });
}
}  // namespace

TEST_CASE("an account is known by its address in any case, once") {
  Scratch scratch;
  add_editor(scratch.db, "Ada@Example.org");
  const auto again = scratch.db.write([](Writer& db) {
    return add_user(db, {.email = "ada@example.ORG", .name = "B", .role = Role::editor, .password_hash = {}}, kNow);
  });
  REQUIRE_FALSE(again);
  CHECK(again.error().code == ErrorCode::conflict);
  const auto bad = scratch.db.write([](Writer& db) {
    return add_user(db, {.email = "a@b.org\r\nBcc: c@d.org", .name = "B", .role = Role::editor, .password_hash = {}},
                    kNow);
  });
  REQUIRE_FALSE(bad);
  CHECK(bad.error().code == ErrorCode::malformed);
  CHECK(find_user_by_email(*scratch.db.reader(), " ADA@example.org ")->name == "Ada");
  CHECK(count_users(*scratch.db.reader()) == 1);
}

TEST_CASE("a session is found by its token until it expires, and the file does not hold the token") {
  Scratch scratch;
  const auto user = add_editor(scratch.db, "ada@example.org");
  scratch.db.write([&](Writer& db) {
    start_session(db, "the-token",
                  {.scope = Scope::editor, .email = "ada@example.org", .user = user, .expires = kNow + 1h}, kNow);
  });
  const auto reader = scratch.db.reader();
  REQUIRE(find_session(*reader, "the-token", kNow));
  CHECK(find_session(*reader, "the-token", kNow)->user == user);
  CHECK_FALSE(find_session(*reader, "the-token", kNow + 1h));
  CHECK_FALSE(find_session(*reader, "another", kNow));
  auto rows = reader->query("SELECT count(*) FROM sessions WHERE instr(token_hash, CAST('the-token' AS BLOB)) > 0");
  REQUIRE(rows.step());
  CHECK(rows.integer(0) == 0);
}

TEST_CASE("disabling an account or changing its password ends its sessions") {
  Scratch scratch;
  const auto user = add_editor(scratch.db, "ada@example.org");
  const auto start = [&](const char* token) {
    scratch.db.write([&](Writer& db) {
      start_session(db, token, {.scope = Scope::editor, .email = "ada@example.org", .user = user, .expires = kNow + 1h},
                    kNow);
    });
  };
  start("one");
  scratch.db.write([&](Writer& db) { set_password_hash(db, user, "new"); });
  CHECK_FALSE(find_session(*scratch.db.reader(), "one", kNow));
  start("two");
  scratch.db.write([&](Writer& db) { disable_user(db, user, kNow); });
  CHECK_FALSE(find_session(*scratch.db.reader(), "two", kNow));
  CHECK(password_hash_of(*scratch.db.reader(), "ada@example.org").empty());
  start("three");  // however it came to be, it does not open anything
  CHECK_FALSE(find_session(*scratch.db.reader(), "three", kNow));
}

TEST_CASE("a link works once, until it expires, and looking does not use it") {
  Scratch scratch;
  scratch.db.write([](Writer& db) {
    make_link(db, "t", {.purpose = LinkPurpose::member, .email = "a@example.org", .target = "/my-blog"}, kNow,
              kNow + 1h);
  });
  CHECK(look_at_link(*scratch.db.reader(), "t", kNow).state == LinkState::good);
  CHECK(look_at_link(*scratch.db.reader(), "t", kNow).link.target == "/my-blog");
  CHECK(look_at_link(*scratch.db.reader(), "t", kNow + 1h).state == LinkState::expired);
  CHECK(look_at_link(*scratch.db.reader(), "u", kNow).state == LinkState::unknown);
  CHECK(scratch.db.write([](Writer& db) { return use_link(db, "t", kNow); }).state == LinkState::good);
  CHECK(scratch.db.write([](Writer& db) { return use_link(db, "t", kNow); }).state == LinkState::used);
}

TEST_CASE("a form token can be claimed once, and again after it was released") {
  Scratch scratch;
  const auto claim = [&] { return scratch.db.write([](Writer& db) { return claim_form(db, "f", kNow); }); };
  CHECK(claim());
  CHECK_FALSE(claim());
  scratch.db.write([](Writer& db) { release_form(db, "f"); });
  CHECK(claim());
}

TEST_CASE("attempts are slowed per subject once there were too many in the window") {
  Scratch scratch;
  const AttemptLimit limit{.kind = "sign-in", .most = 3, .window = 15min};
  for (int i = 0; i < 3; ++i) {
    CHECK_FALSE(wait_for(*scratch.db.reader(), limit, "ada", kNow + minutes{i}));
    scratch.db.write([&](Writer& db) { note_attempt(db, "sign-in", "ada", kNow + minutes{i}); });
  }
  CHECK(wait_for(*scratch.db.reader(), limit, "ada", kNow + 5min) == 10min);
  CHECK_FALSE(wait_for(*scratch.db.reader(), limit, "bob", kNow + 5min));
  CHECK_FALSE(wait_for(*scratch.db.reader(), limit, "ada", kNow + 15min));
  scratch.db.write([](Writer& db) { forget_attempts(db, "sign-in", "ada"); });
  CHECK_FALSE(wait_for(*scratch.db.reader(), limit, "ada", kNow + 5min));
}
