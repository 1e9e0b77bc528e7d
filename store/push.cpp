#include "store/push.h"

namespace voice::store {
namespace {

constexpr std::string_view kStates[] = {"wanted", "asked", "active", "refused", "failed"};

PushState parse_push_state(std::string_view name) {
  for (std::size_t i = 0; i < std::size(kStates); ++i)
    if (kStates[i] == name) return static_cast<PushState>(i);
  return PushState::failed;
}

PushSubscription read_push(const Rows& rows) {
  return {.feed = rows.id<FeedId>(0),
          .hub_url = rows.text(1),
          .topic_url = rows.text(2),
          .token = rows.text(3),
          .secret = rows.text(4),
          .state = parse_push_state(rows.text(5)),
          .asked = rows.optional_time(6),
          .lease_until = rows.optional_time(7),
          .renew = rows.optional_time(8),
          .failures = rows.integer(9),
          .last_push = rows.optional_time(10),
          .note = rows.text(11),
          .from_page = rows.integer(12) != 0};
}

PushEnding read_ending(const Rows& rows) {
  return {.token = rows.text(0), .hub_url = rows.text(1), .topic_url = rows.text(2), .tries = rows.integer(3)};
}

}  // namespace

std::string_view name_of(PushState state) { return kStates[static_cast<std::size_t>(state)]; }

std::optional<PushSubscription> find_push(Reader& db, FeedId feed) {
  auto rows = db.query(R"sql(
    SELECT feed_id, hub_url, topic_url, token, secret, state, asked_at, lease_until, renew_at, failures, last_push_at, note,
           from_page
    FROM push_subscriptions
    WHERE feed_id = :feed)sql");
  rows.bind(":feed", feed);
  if (!rows.step()) return std::nullopt;
  return read_push(rows);
}

std::optional<PushSubscription> find_push_by_token(Reader& db, std::string_view token) {
  auto rows = db.query(R"sql(
    SELECT feed_id, hub_url, topic_url, token, secret, state, asked_at, lease_until, renew_at, failures, last_push_at, note,
           from_page
    FROM push_subscriptions
    WHERE token = :token)sql");
  rows.bind(":token", token);
  if (!rows.step()) return std::nullopt;
  return read_push(rows);
}

std::vector<PushSubscription> due_pushes(Reader& db, sys_seconds now, int limit) {
  auto rows = db.query(R"sql(
    SELECT feed_id, hub_url, topic_url, token, secret, state, asked_at, lease_until, renew_at, failures, last_push_at, note,
           from_page
    FROM push_subscriptions
    WHERE renew_at <= :now
    ORDER BY renew_at
    LIMIT :limit)sql");
  rows.bind(":now", now).bind(":limit", limit);
  std::vector<PushSubscription> due;
  while (rows.step()) due.push_back(read_push(rows));
  return due;
}

void want_push(Writer& db, FeedId feed, const NewPush& push, sys_seconds now) {
  db.change(R"sql(
    INSERT INTO push_subscriptions (feed_id, hub_url, topic_url, token, secret, state, renew_at, from_page)
    VALUES (:feed, :hub, :topic, :token, :secret, 'wanted', :now, :from_page)
    ON CONFLICT (feed_id) DO UPDATE
    SET hub_url = excluded.hub_url, topic_url = excluded.topic_url, token = excluded.token, secret = excluded.secret,
        state = 'wanted', asked_at = NULL, lease_until = NULL, renew_at = excluded.renew_at, failures = 0,
        last_push_at = NULL, missed_at = NULL, note = NULL, from_page = excluded.from_page)sql")
      .bind(":feed", feed)
      .bind(":hub", push.hub_url)
      .bind(":topic", push.topic_url)
      .bind(":token", push.token)
      .bind(":secret", push.secret)
      .bind(":from_page", push.from_page)
      .bind(":now", now)
      .run();
}

void drop_push(Writer& db, FeedId feed) {
  db.change("DELETE FROM push_subscriptions WHERE feed_id = :feed").bind(":feed", feed).run();
}

void push_asked(Writer& db, FeedId feed, sys_seconds now, sys_seconds again) {
  db.change(R"sql(
    UPDATE push_subscriptions
    SET state = CASE state WHEN 'active' THEN 'active' ELSE 'asked' END, asked_at = :now, renew_at = :again
    WHERE feed_id = :feed)sql")
      .bind(":now", now)
      .bind(":again", again)
      .bind(":feed", feed)
      .run();
}

void push_active(Writer& db, FeedId feed, std::chrono::seconds lease, sys_seconds now) {
  db.change(R"sql(
    UPDATE push_subscriptions
    SET state = 'active', lease_until = :until, renew_at = :renew, failures = 0, note = NULL
    WHERE feed_id = :feed)sql")
      .bind(":until", now + lease)
      .bind(":renew", now + lease * 4 / 5)
      .bind(":feed", feed)
      .run();
}

void push_failed(Writer& db, FeedId feed, PushState state, std::string_view note, std::optional<sys_seconds> again) {
  db.change(R"sql(
    UPDATE push_subscriptions
    SET state = :state, note = :note, renew_at = :again, failures = failures + 1
    WHERE feed_id = :feed)sql")
      .bind(":state", name_of(state))
      .bind(":note", note)
      .bind(":again", again)
      .bind(":feed", feed)
      .run();
}

void push_came(Writer& db, FeedId feed, sys_seconds now) {
  db.change("UPDATE push_subscriptions SET last_push_at = :now, missed_at = NULL WHERE feed_id = :feed")
      .bind(":now", now)
      .bind(":feed", feed)
      .run();
}

void push_missed(Writer& db, FeedId feed, sys_seconds now) {
  db.change("UPDATE push_subscriptions SET missed_at = :now WHERE feed_id = :feed AND missed_at IS NULL")
      .bind(":now", now)
      .bind(":feed", feed)
      .run();
}

std::optional<PushEnding> find_ending(Reader& db, std::string_view token) {
  auto rows = db.query("SELECT token, hub_url, topic_url, tries FROM push_endings WHERE token = :token");
  rows.bind(":token", token);
  if (!rows.step()) return std::nullopt;
  return read_ending(rows);
}

std::vector<PushEnding> due_endings(Reader& db, sys_seconds now, int limit) {
  auto rows = db.query(R"sql(
    SELECT token, hub_url, topic_url, tries
    FROM push_endings
    WHERE ask_at <= :now
    ORDER BY ask_at
    LIMIT :limit)sql");
  rows.bind(":now", now).bind(":limit", limit);
  std::vector<PushEnding> due;
  while (rows.step()) due.push_back(read_ending(rows));
  return due;
}

void ending_asked(Writer& db, std::string_view token, sys_seconds again) {
  db.change("UPDATE push_endings SET ask_at = :again, tries = tries + 1 WHERE token = :token")
      .bind(":again", again)
      .bind(":token", token)
      .run();
}

void forget_ending(Writer& db, std::string_view token) {
  db.change("DELETE FROM push_endings WHERE token = :token").bind(":token", token).run();
}

}  // namespace voice::store
