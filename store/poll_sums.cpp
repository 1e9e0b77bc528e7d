#include "store/poll_sums.h"

#include <algorithm>

namespace voice::store {
namespace {
std::int64_t day_of(sys_seconds at) { return std::chrono::floor<std::chrono::days>(at).time_since_epoch().count(); }
}  // namespace

FeedCounts feed_counts(Reader& db, sys_seconds now) {
  FeedCounts counts;
  {
    auto rows = db.query(R"sql(
      SELECT count(*) FILTER (WHERE f.error_class IS NULL AND f.last_fetch_at IS NOT NULL),
             count(*) FILTER (WHERE f.error_class IS NOT NULL),
             count(*) FILTER (WHERE f.error_class IS NULL AND f.last_fetch_at IS NULL),
             count(*) FILTER (WHERE f.next_fetch_at <= :now),
             coalesce(:now - min(f.next_fetch_at), 0)
      FROM feeds AS f JOIN blogs AS b ON b.id = f.blog_id
      WHERE b.state = 'active' AND f.next_fetch_at IS NOT NULL)sql");
    rows.bind(":now", now);
    if (rows.step()) {
      counts.well = rows.integer(0);
      counts.failing = rows.integer(1);
      counts.never_answered = rows.integer(2);
      counts.due = rows.integer(3);
      counts.lag = std::chrono::seconds{std::max<std::int64_t>(0, rows.integer(4))};
    }
  }
  {
    auto rows = db.query(R"sql(
      SELECT (SELECT count(*) FROM feeds WHERE next_fetch_at IS NULL),
             (SELECT count(*) FROM push_subscriptions WHERE state = 'active' AND lease_until > :now),
             (SELECT count(*) FROM hub_subscribers WHERE expires_at > :now))sql");
    rows.bind(":now", now);
    if (rows.step()) {
      counts.stopped = rows.integer(0);
      counts.with_hub = rows.integer(1);
      counts.hub_subscribers = rows.integer(2);
    }
  }
  return counts;
}

void add_to_day(Writer& db, sys_seconds at, const PollSums& sums) {
  db.change(R"sql(
    INSERT INTO fetch_days (day, polls, not_modified, unchanged, changed, failed, wire_bytes, took_ms, entries_added)
    VALUES (:day, :polls, :not_modified, :unchanged, :changed, :failed, :wire, :took, :added)
    ON CONFLICT (day) DO UPDATE
    SET polls = polls + excluded.polls, not_modified = not_modified + excluded.not_modified,
        unchanged = unchanged + excluded.unchanged, changed = changed + excluded.changed,
        failed = failed + excluded.failed, wire_bytes = wire_bytes + excluded.wire_bytes,
        took_ms = took_ms + excluded.took_ms, entries_added = entries_added + excluded.entries_added)sql")
      .bind(":day", day_of(at))
      .bind(":polls", sums.polls)
      .bind(":not_modified", sums.not_modified)
      .bind(":unchanged", sums.unchanged)
      .bind(":changed", sums.changed)
      .bind(":failed", sums.failed)
      .bind(":wire", sums.wire_bytes)
      .bind(":took", sums.took_ms)
      .bind(":added", sums.entries_added)
      .run();
}

PollSums poll_sums(Reader& db, sys_seconds since) {
  auto rows = db.query(R"sql(
    SELECT coalesce(sum(polls), 0), coalesce(sum(not_modified), 0), coalesce(sum(unchanged), 0), coalesce(sum(changed), 0),
           coalesce(sum(failed), 0), coalesce(sum(wire_bytes), 0), coalesce(sum(took_ms), 0), coalesce(sum(entries_added), 0)
    FROM fetch_days
    WHERE day >= :day)sql");
  rows.bind(":day", day_of(since));
  PollSums sums;
  if (rows.step())
    sums = {.polls = rows.integer(0),
            .not_modified = rows.integer(1),
            .unchanged = rows.integer(2),
            .changed = rows.integer(3),
            .failed = rows.integer(4),
            .wire_bytes = rows.integer(5),
            .took_ms = rows.integer(6),
            .entries_added = rows.integer(7)};
  return sums;
}

}  // namespace voice::store
