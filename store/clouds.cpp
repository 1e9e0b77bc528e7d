#include "store/clouds.h"

namespace voice::store {
namespace {

CloudRegistration read_cloud(const Rows& rows) {
  return {.feed = rows.id<FeedId>(0), .feed_url = rows.text(1), .cloud_url = rows.text(2), .failures = rows.integer(3)};
}

}  // namespace

std::optional<CloudRegistration> find_cloud(Reader& db, FeedId feed) {
  auto rows = db.query(R"sql(
    SELECT c.feed_id, f.url, c.cloud_url, c.failures
    FROM cloud_registrations AS c JOIN feeds AS f ON f.id = c.feed_id
    WHERE c.feed_id = :feed)sql");
  rows.bind(":feed", feed);
  if (!rows.step()) return std::nullopt;
  return read_cloud(rows);
}

std::vector<CloudRegistration> due_clouds(Reader& db, sys_seconds now, int limit) {
  auto rows = db.query(R"sql(
    SELECT c.feed_id, f.url, c.cloud_url, c.failures
    FROM cloud_registrations AS c
      CROSS JOIN feeds AS f ON f.id = c.feed_id
      CROSS JOIN blogs AS b ON b.id = f.blog_id
    WHERE c.ask_at <= :now AND b.state = 'active'
    ORDER BY c.ask_at
    LIMIT :limit)sql");
  rows.bind(":now", now).bind(":limit", limit);
  std::vector<CloudRegistration> due;
  while (rows.step()) due.push_back(read_cloud(rows));
  return due;
}

void name_cloud(Writer& db, FeedId feed, std::string_view cloud_url, sys_seconds now) {
  if (cloud_url.empty()) {
    db.change("DELETE FROM cloud_registrations WHERE feed_id = :feed").bind(":feed", feed).run();
    return;
  }
  db.change(R"sql(
    INSERT INTO cloud_registrations (feed_id, cloud_url, ask_at) VALUES (:feed, :cloud, :now)
    ON CONFLICT (feed_id) DO UPDATE SET cloud_url = excluded.cloud_url, ask_at = excluded.ask_at, failures = 0)sql")
      .bind(":feed", feed)
      .bind(":cloud", cloud_url)
      .bind(":now", now)
      .run();
}

void cloud_registered(Writer& db, FeedId feed, sys_seconds again) {
  db.change("UPDATE cloud_registrations SET ask_at = :again, failures = 0 WHERE feed_id = :feed")
      .bind(":again", again)
      .bind(":feed", feed)
      .run();
}

void cloud_refused(Writer& db, FeedId feed, sys_seconds again) {
  db.change("UPDATE cloud_registrations SET ask_at = :again, failures = failures + 1 WHERE feed_id = :feed")
      .bind(":again", again)
      .bind(":feed", feed)
      .run();
}

}  // namespace voice::store
