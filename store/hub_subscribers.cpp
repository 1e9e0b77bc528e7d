#include "store/hub_subscribers.h"

namespace voice::store {
namespace {
constexpr std::int64_t kRequestsWaiting = 1000;  // each costs us one request to an address a stranger named
}  // namespace

bool add_hub_request(Writer& db, const HubRequest& request, sys_seconds now) {
  {
    auto rows = db.query("SELECT count(*) FROM hub_requests");
    if (rows.step() && rows.integer(0) >= kRequestsWaiting) return false;
  }
  db.change(R"sql(
    INSERT INTO hub_requests (mode, topic, callback, secret, lease_seconds, requested_at)
    VALUES (:mode, :topic, :callback, :secret, :lease, :now))sql")
      .bind(":mode", request.mode == HubMode::subscribe ? "subscribe" : "unsubscribe")
      .bind(":topic", request.topic)
      .bind(":callback", request.callback)
      .bind(":secret", request.secret)
      .bind(":lease", request.lease.count())
      .bind(":now", now)
      .run();
  return true;
}

std::vector<HubRequest> take_hub_requests(Writer& db, int limit) {
  std::vector<HubRequest> requests;
  {
    auto rows = db.query(R"sql(
      SELECT id, mode, topic, callback, secret, lease_seconds
      FROM hub_requests
      ORDER BY id
      LIMIT :limit)sql");
    rows.bind(":limit", limit);
    while (rows.step())
      requests.push_back({.id = rows.integer(0),
                          .mode = rows.text(1) == "subscribe" ? HubMode::subscribe : HubMode::unsubscribe,
                          .topic = rows.text(2),
                          .callback = rows.text(3),
                          .secret = rows.text(4),
                          .lease = std::chrono::seconds{rows.integer(5)}});
  }
  for (const auto& request : requests)
    db.change("DELETE FROM hub_requests WHERE id = :id").bind(":id", request.id).run();
  return requests;
}

void confirm_subscriber(Writer& db, const HubRequest& request, std::string_view delivered_hash, sys_seconds now) {
  db.change(R"sql(
    INSERT INTO hub_subscribers (topic, callback, secret, expires_at, delivered_hash, created_at)
    VALUES (:topic, :callback, :secret, :expires, :hash, :now)
    ON CONFLICT (topic, callback) DO UPDATE
    SET secret = excluded.secret, expires_at = excluded.expires_at, failures = 0, next_try_at = 0)sql")
      .bind(":topic", request.topic)
      .bind(":callback", request.callback)
      .bind(":secret", request.secret)
      .bind(":expires", now + request.lease)
      .bind_blob(":hash", delivered_hash)
      .bind(":now", now)
      .run();
}

void remove_subscriber(Writer& db, std::string_view topic, std::string_view callback) {
  db.change("DELETE FROM hub_subscribers WHERE topic = :topic AND callback = :callback")
      .bind(":topic", topic)
      .bind(":callback", callback)
      .run();
}

std::vector<std::string> hub_topics(Reader& db, sys_seconds now) {
  auto rows = db.query("SELECT DISTINCT topic FROM hub_subscribers WHERE expires_at > :now ORDER BY topic");
  rows.bind(":now", now);
  std::vector<std::string> topics;
  while (rows.step()) topics.push_back(rows.text(0));
  return topics;
}

std::vector<HubSubscriber> subscribers_behind(Reader& db, std::string_view topic, std::string_view hash,
                                              sys_seconds now, int limit) {
  auto rows = db.query(R"sql(
    SELECT id, topic, callback, secret, delivered_hash, failures
    FROM hub_subscribers
    WHERE topic = :topic AND delivered_hash IS NOT :hash AND expires_at > :now AND next_try_at <= :now
    ORDER BY next_try_at, id
    LIMIT :limit)sql");
  rows.bind(":topic", topic).bind_blob(":hash", hash).bind(":now", now).bind(":limit", limit);
  std::vector<HubSubscriber> behind;
  while (rows.step())
    behind.push_back({.id = rows.integer(0),
                      .topic = rows.text(1),
                      .callback = rows.text(2),
                      .secret = rows.text(3),
                      .delivered_hash = rows.blob(4),
                      .failures = rows.integer(5)});
  return behind;
}

void delivered(Writer& db, std::int64_t subscriber, std::string_view hash) {
  db.change("UPDATE hub_subscribers SET delivered_hash = :hash, failures = 0, next_try_at = 0 WHERE id = :id")
      .bind_blob(":hash", hash)
      .bind(":id", subscriber)
      .run();
}

void not_delivered(Writer& db, std::int64_t subscriber, sys_seconds again) {
  db.change("UPDATE hub_subscribers SET failures = failures + 1, next_try_at = :again WHERE id = :id")
      .bind(":again", again)
      .bind(":id", subscriber)
      .run();
}

std::int64_t expire_subscribers(Writer& db, sys_seconds now) {
  db.change("DELETE FROM hub_subscribers WHERE expires_at <= :now").bind(":now", now).run();
  return db.rows_changed();
}

std::int64_t count_followers(Reader& db, BlogId blog, std::string_view base_url, sys_seconds now) {
  auto rows = db.query(R"sql(
    SELECT count(DISTINCT callback)
    FROM hub_subscribers
    WHERE topic IN (:base || '/feed.atom', :base || '/feed.rss', :base || '/feed.json',
                    :base || '/blogs/' || (SELECT slug FROM blogs WHERE id = :blog) || '.atom',
                    :base || '/blogs/' || (SELECT slug FROM blogs WHERE id = :blog) || '.rss',
                    :base || '/blogs/' || (SELECT slug FROM blogs WHERE id = :blog) || '.json')
      AND expires_at > :now)sql");
  rows.bind(":base", base_url).bind(":blog", blog).bind(":now", now);
  return rows.step() ? rows.integer(0) : 0;
}

std::int64_t count_subscribers(Reader& db, sys_seconds now) {
  auto rows = db.query("SELECT count(*) FROM hub_subscribers WHERE expires_at > :now");
  rows.bind(":now", now);
  return rows.step() ? rows.integer(0) : 0;
}

}  // namespace voice::store
