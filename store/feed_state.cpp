#include "store/feed_state.h"

#include "base/url.h"
#include "store/conversations.h"

namespace voice::store {
namespace {

constexpr int kHistoryLines = 100;  // of one feed: months for a healthy one, a week of hourly failures

std::vector<DueFeed> read_due(Rows& rows) {
  std::vector<DueFeed> feeds;
  while (rows.step()) feeds.push_back({.id = rows.id<FeedId>(0), .url = rows.text(1), .due = rows.time(2)});
  return feeds;
}

FeedMove read_move(const Rows& rows) {
  return {.id = rows.integer(0),
          .feed = rows.id<FeedId>(1),
          .at = rows.time(2),
          .from_url = rows.text(3),
          .to_url = rows.text(4),
          .reason = rows.text(5),
          .recheck = rows.optional_time(6),
          .undone = rows.optional_time(7)};
}

void bind_blob_or_null(Rows& rows, const char* name, std::string_view bytes) {
  if (bytes.empty())
    rows.bind(name, nullptr);
  else
    rows.bind_blob(name, bytes);
}

void bind_what_it_is(Rows& rows, const FeedState& s) {
  rows.bind(":url", s.url)
      .bind_or_null(":title", s.title)
      .bind_or_null(":self_url", s.self_url)
      .bind_or_null(":format", s.format)
      .bind_or_null(":document_id", s.document_id)
      .bind_or_null(":validators_url", s.validators_url)
      .bind(":rejected_by", s.rejected_by);
  bind_blob_or_null(rows, ":etag", s.etag);
  bind_blob_or_null(rows, ":last_modified", s.last_modified);
  bind_blob_or_null(rows, ":body_hash", s.body_hash);
  bind_blob_or_null(rows, ":rejected_etag", s.rejected_etag);
  bind_blob_or_null(rows, ":rejected_last_modified", s.rejected_last_modified);
  bind_blob_or_null(rows, ":rejected_hash", s.rejected_hash);
}

void bind_pacing(Rows& rows, const FeedState& s) {
  rows.bind(":interval", s.interval.count())
      .bind(":hint", s.hint.count())
      .bind(":skip_hours", static_cast<std::int64_t>(s.skip_hours))
      .bind(":skip_days", static_cast<std::int64_t>(s.skip_days))
      .bind(":newest", s.newest_post)
      .bind(":body_bytes", s.body_bytes)
      .bind(":status", s.last_status)
      .bind(":last_fetch", s.last_fetch)
      .bind(":last_success", s.last_success)
      .bind(":next_fetch", s.next_fetch)
      .bind(":wait_until", s.wait_until);
}

void bind_trouble(Rows& rows, const FeedState& s) {
  rows.bind(":failures", s.failures)
      .bind(":failing_since", s.failing_since)
      .bind_or_null(":error_class", s.error_class)
      .bind_or_null(":error_text", s.error_text)
      .bind_or_null(":error_hint", s.error_hint)
      .bind_or_null(":move_to", s.move_to)
      .bind(":move_count", s.move_count)
      .bind(":move_since", s.move_since)
      .bind(":quiet_polls", s.quiet_polls)
      .bind(":quiet_since", s.quiet_since);
}

}  // namespace

std::vector<DueFeed> due_feeds(Reader& db, sys_seconds now, int limit) {
  auto rows = db.query(R"sql(
    SELECT f.id, f.url, f.next_fetch_at
    FROM feeds AS f JOIN blogs AS b ON b.id = f.blog_id
    WHERE f.next_fetch_at <= :now AND b.state = 'active' AND b.kind <> 'hub'
    ORDER BY f.next_fetch_at
    LIMIT :limit)sql");
  rows.bind(":now", now).bind(":limit", limit);
  return read_due(rows);
}

std::vector<DueFeed> all_feeds(Reader& db) {
  auto rows = db.query(R"sql(
    SELECT f.id, f.url, coalesce(f.next_fetch_at, 0)
    FROM feeds AS f JOIN blogs AS b ON b.id = f.blog_id
    WHERE b.state = 'active' AND b.kind <> 'hub'  -- the hub's own posts are written here, not fetched
    ORDER BY f.id)sql");
  return read_due(rows);
}

std::optional<sys_seconds> next_due(Reader& db) {
  auto rows = db.query("SELECT min(next_fetch_at) FROM feeds WHERE next_fetch_at IS NOT NULL");
  if (!rows.step()) return std::nullopt;
  return rows.optional_time(0);
}

std::optional<FeedState> read_feed_state(Reader& db, FeedId feed) {
  auto rows = db.query(R"sql(
    SELECT f.id, f.blog_id, f.url, f.title, f.self_url, f.format, f.document_id, f.etag, f.last_modified, f.validators_url,
           f.body_hash, f.rejected_etag, f.rejected_last_modified, f.rejected_hash, f.rejected_by, f.interval_seconds,
           f.hint_seconds, f.skip_hours, f.skip_days, f.newest_post_at, f.body_bytes, f.last_status, f.last_fetch_at,
           f.last_success_at, f.next_fetch_at, f.wait_until, f.failures, f.failing_since, f.error_class, f.error_text,
           f.error_hint, f.move_to, f.move_count, f.move_since, f.quiet_polls, f.quiet_since,
           CASE WHEN p.state = 'active' AND p.missed_at IS NULL THEN p.lease_until END, p.last_push_at
    FROM feeds AS f LEFT JOIN push_subscriptions AS p ON p.feed_id = f.id
    WHERE f.id = :feed)sql");
  rows.bind(":feed", feed);
  if (!rows.step()) return std::nullopt;
  FeedState s;
  s.id = rows.id<FeedId>(0);
  s.blog = rows.id<BlogId>(1);
  s.url = rows.text(2);
  s.title = rows.text(3);
  s.self_url = rows.text(4);
  s.format = rows.text(5);
  s.document_id = rows.text(6);
  s.etag = rows.blob(7);
  s.last_modified = rows.blob(8);
  s.validators_url = rows.text(9);
  s.body_hash = rows.blob(10);
  s.rejected_etag = rows.blob(11);
  s.rejected_last_modified = rows.blob(12);
  s.rejected_hash = rows.blob(13);
  s.rejected_by = rows.integer(14);
  s.interval = std::chrono::seconds{rows.integer(15)};
  s.hint = std::chrono::seconds{rows.integer(16)};
  s.skip_hours = static_cast<std::uint32_t>(rows.integer(17));
  s.skip_days = static_cast<std::uint8_t>(rows.integer(18));
  s.newest_post = rows.optional_time(19);
  s.body_bytes = rows.integer(20);
  s.last_status = static_cast<int>(rows.integer(21));
  s.last_fetch = rows.optional_time(22);
  s.last_success = rows.optional_time(23);
  s.next_fetch = rows.optional_time(24);
  s.wait_until = rows.optional_time(25);
  s.failures = rows.integer(26);
  s.failing_since = rows.optional_time(27);
  s.error_class = rows.text(28);
  s.error_text = rows.text(29);
  s.error_hint = rows.text(30);
  s.move_to = rows.text(31);
  s.move_count = rows.integer(32);
  s.move_since = rows.optional_time(33);
  s.quiet_polls = rows.integer(34);
  s.quiet_since = rows.optional_time(35);
  s.push_until = rows.optional_time(36);
  s.last_push = rows.optional_time(37);
  return s;
}

bool save_feed_state(Writer& db, const FeedState& state, std::string_view read_as) {
  auto rows = db.change(R"sql(
    UPDATE feeds
    SET url = :url, title = :title, self_url = :self_url, format = :format, document_id = :document_id, etag = :etag,
        last_modified = :last_modified, validators_url = :validators_url, body_hash = :body_hash,
        rejected_etag = :rejected_etag, rejected_last_modified = :rejected_last_modified, rejected_hash = :rejected_hash,
        rejected_by = :rejected_by, interval_seconds = :interval, hint_seconds = :hint, skip_hours = :skip_hours,
        skip_days = :skip_days, newest_post_at = :newest, body_bytes = :body_bytes, last_status = :status,
        last_fetch_at = :last_fetch, last_success_at = :last_success, wait_until = :wait_until, failures = :failures,
        failing_since = :failing_since, error_class = :error_class, error_text = :error_text, error_hint = :error_hint,
        move_to = :move_to, move_count = :move_count, move_since = :move_since, quiet_polls = :quiet_polls,
        quiet_since = :quiet_since,
        next_fetch_at = CASE WHEN (SELECT state FROM blogs WHERE id = feeds.blog_id) = 'active' THEN :next_fetch END
    WHERE id = :id AND url = :read_as)sql");
  bind_what_it_is(rows, state);
  bind_pacing(rows, state);
  bind_trouble(rows, state);
  rows.bind(":id", state.id).bind(":read_as", read_as).run();
  return db.rows_changed() == 1;
}

std::int64_t spread_overdue(Writer& db, sys_seconds now, std::chrono::seconds span) {
  // Knuth's multiplier scatters neighbouring ids; chance would do as well but could not be repeated.
  db.change(R"sql(
    UPDATE feeds
    SET next_fetch_at = :now + (id * 2654435761) % max(1, min(interval_seconds, :span))
    WHERE next_fetch_at < :now - interval_seconds AND last_fetch_at IS NOT NULL)sql")
      .bind(":now", now)
      .bind(":span", span.count())
      .run();
  return db.rows_changed();
}

bool make_due(Writer& db, FeedId feed, sys_seconds now, std::chrono::seconds rest) {
  // Times are kept in whole seconds, rounded down: a second more makes sure that the rest is a whole one.
  db.change(R"sql(
    UPDATE feeds
    SET next_fetch_at = max(:now, coalesce(last_fetch_at + :rest, 0), coalesce(wait_until, 0))
    WHERE id = :feed AND next_fetch_at > max(:now, coalesce(last_fetch_at + :rest, 0), coalesce(wait_until, 0)))sql")
      .bind(":now", now)
      .bind(":rest", rest.count() + 1)
      .bind(":feed", feed)
      .run();
  return db.rows_changed() == 1;
}

std::optional<FeedId> find_feed_of(Reader& db, std::string_view feed_or_home_url) {
  const auto wanted = url_key(feed_or_home_url);
  if (wanted.empty()) return std::nullopt;
  auto rows =
      db.query("SELECT f.id, f.url, b.home_url FROM feeds AS f JOIN blogs AS b ON b.id = f.blog_id ORDER BY f.id");
  std::optional<FeedId> by_home;
  while (rows.step()) {
    if (url_key(rows.text_view(1)) == wanted) return rows.id<FeedId>(0);
    if (!by_home && !rows.is_null(2) && url_key(rows.text_view(2)) == wanted) by_home = rows.id<FeedId>(0);
  }
  return by_home;
}

void fill_blog_gaps(Writer& db, BlogId blog, const BlogGaps& gaps) {
  db.change(R"sql(
    UPDATE blogs
    SET home_url = coalesce(home_url, :home_url), description = coalesce(description, :description),
        language = coalesce(language, :language)
    WHERE id = :blog)sql")
      .bind_or_null(":home_url", gaps.home_url)
      .bind_or_null(":description", gaps.description)
      .bind_or_null(":language", gaps.language)
      .bind(":blog", blog)
      .run();
}

std::vector<KnownEntry> known_entries(Reader& db, FeedId feed) {
  auto rows = db.query("SELECT guid, original_id, url, content_hash FROM entries WHERE feed_id = :feed ORDER BY id");
  rows.bind(":feed", feed);
  std::vector<KnownEntry> known;
  while (rows.step())
    known.push_back(
        {.guid = rows.text(0), .original_id = rows.text(1), .url = rows.text(2), .content_hash = rows.blob(3)});
  return known;
}

std::string_view name_of(FetchOutcome outcome) {
  switch (outcome) {
    case FetchOutcome::changed: return "changed";
    case FetchOutcome::unchanged: return "unchanged";
    case FetchOutcome::failed: return "failed";
    case FetchOutcome::moved: return "moved";
    case FetchOutcome::pushed: return "pushed";
  }
  return "failed";
}

void add_history(Writer& db, FeedId feed, const HistoryLine& line) {
  db.change(R"sql(
    INSERT INTO fetch_history (feed_id, at, outcome, status, error_class, sentence, wire_bytes, body_bytes, took_ms, added,
                               changed, quiet_before)
    VALUES (:feed, :at, :outcome, :status, :class, :sentence, :wire, :body, :took, :added, :changed, :quiet))sql")
      .bind(":feed", feed)
      .bind(":at", line.at)
      .bind(":outcome", line.outcome)
      .bind(":status", line.status)
      .bind_or_null(":class", line.error_class)
      .bind_or_null(":sentence", line.sentence)
      .bind(":wire", line.wire_bytes)
      .bind(":body", line.body_bytes)
      .bind(":took", line.took_ms)
      .bind(":added", line.added)
      .bind(":changed", line.changed)
      .bind(":quiet", line.quiet_before)
      .run();
  db.change(R"sql(
    DELETE FROM fetch_history
    WHERE feed_id = :feed
      AND id <= (SELECT id FROM fetch_history WHERE feed_id = :feed ORDER BY id DESC LIMIT 1 OFFSET :keep))sql")
      .bind(":feed", feed)
      .bind(":keep", kHistoryLines)
      .run();
}

std::vector<HistoryLine> fetch_history(Reader& db, FeedId feed, int limit) {
  auto rows = db.query(R"sql(
    SELECT at, outcome, status, error_class, sentence, wire_bytes, body_bytes, took_ms, added, changed, quiet_before
    FROM fetch_history
    WHERE feed_id = :feed
    ORDER BY id DESC
    LIMIT :limit)sql");
  rows.bind(":feed", feed).bind(":limit", limit);
  std::vector<HistoryLine> lines;
  while (rows.step())
    lines.push_back({.at = rows.time(0),
                     .outcome = rows.text(1),
                     .status = static_cast<int>(rows.integer(2)),
                     .error_class = rows.text(3),
                     .sentence = rows.text(4),
                     .wire_bytes = rows.integer(5),
                     .body_bytes = rows.integer(6),
                     .took_ms = rows.integer(7),
                     .added = rows.integer(8),
                     .changed = rows.integer(9),
                     .quiet_before = rows.integer(10)});
  return lines;
}

std::int64_t moves_to_host(Reader& db, std::string_view host, sys_seconds since) {
  auto rows = db.query(R"sql(
    SELECT count(DISTINCT from_host)
    FROM feed_moves
    WHERE to_host = :host AND from_host <> :host AND at > :since)sql");
  rows.bind(":host", host).bind(":since", since);
  return rows.step() ? rows.integer(0) : 0;
}

std::optional<FeedId> other_feed_at(Reader& db, std::string_view url, FeedId feed) {
  auto rows = db.query("SELECT id FROM feeds WHERE url = :url AND id <> :feed");
  rows.bind(":url", url).bind(":feed", feed);
  if (!rows.step()) return std::nullopt;
  return rows.id<FeedId>(0);
}

void record_move(Writer& db, const FeedMove& move, std::string_view from_host, std::string_view to_host) {
  db.change(R"sql(
    INSERT INTO feed_moves (feed_id, at, from_url, to_url, from_host, to_host, reason, recheck_at)
    VALUES (:feed, :at, :from_url, :to_url, :from_host, :to_host, :reason, :recheck))sql")
      .bind(":feed", move.feed)
      .bind(":at", move.at)
      .bind(":from_url", move.from_url)
      .bind(":to_url", move.to_url)
      .bind(":from_host", from_host)
      .bind(":to_host", to_host)
      .bind(":reason", move.reason)
      .bind(":recheck", move.recheck)
      .run();
  add_redirect(db, move.from_url, move.to_url);
}

std::vector<FeedMove> moves_of(Reader& db, FeedId feed) {
  auto rows = db.query(R"sql(
    SELECT id, feed_id, at, from_url, to_url, reason, recheck_at, undone_at
    FROM feed_moves
    WHERE feed_id = :feed
    ORDER BY id DESC)sql");
  rows.bind(":feed", feed);
  std::vector<FeedMove> moves;
  while (rows.step()) moves.push_back(read_move(rows));
  return moves;
}

std::vector<FeedMove> moves_to_recheck(Reader& db, sys_seconds now, int limit) {
  auto rows = db.query(R"sql(
    SELECT id, feed_id, at, from_url, to_url, reason, recheck_at, undone_at
    FROM feed_moves
    WHERE recheck_at <= :now AND undone_at IS NULL
    ORDER BY recheck_at
    LIMIT :limit)sql");
  rows.bind(":now", now).bind(":limit", limit);
  std::vector<FeedMove> moves;
  while (rows.step()) moves.push_back(read_move(rows));
  return moves;
}

void set_recheck(Writer& db, std::int64_t move, std::optional<sys_seconds> at) {
  db.change("UPDATE feed_moves SET recheck_at = :at WHERE id = :move").bind(":at", at).bind(":move", move).run();
}

bool undo_move(Writer& db, std::int64_t move, sys_seconds now) {
  std::optional<FeedMove> found;
  {
    auto rows = db.query(R"sql(
      SELECT id, feed_id, at, from_url, to_url, reason, recheck_at, undone_at
      FROM feed_moves
      WHERE id = :move AND undone_at IS NULL)sql");
    rows.bind(":move", move);
    if (rows.step()) found = read_move(rows);
  }
  if (!found || other_feed_at(db, found->from_url, found->feed)) return false;
  db.change(R"sql(
    UPDATE feeds
    SET url = :from_url, etag = NULL, last_modified = NULL, validators_url = NULL, body_hash = NULL, move_to = NULL,
        move_count = 0, move_since = NULL, next_fetch_at = :now
    WHERE id = :feed AND url = :to_url)sql")
      .bind(":from_url", found->from_url)
      .bind(":to_url", found->to_url)
      .bind(":feed", found->feed)
      .bind(":now", now)
      .run();
  if (db.rows_changed() != 1) return false;
  db.change("UPDATE feed_moves SET undone_at = :now, recheck_at = NULL WHERE id = :move")
      .bind(":now", now)
      .bind(":move", move)
      .run();
  remove_redirect(db, found->from_url);
  return true;
}

std::vector<HostPause> host_pauses(Reader& db, sys_seconds now) {
  auto rows = db.query("SELECT host, until FROM host_pauses WHERE until > :now");
  rows.bind(":now", now);
  std::vector<HostPause> pauses;
  while (rows.step()) pauses.push_back({.host = rows.text(0), .until = rows.time(1)});
  return pauses;
}

void pause_host(Writer& db, std::string_view host, sys_seconds until) {
  db.change(R"sql(
    INSERT INTO host_pauses (host, until) VALUES (:host, :until)
    ON CONFLICT (host) DO UPDATE SET until = max(until, excluded.until))sql")
      .bind(":host", host)
      .bind(":until", until)
      .run();
}

}  // namespace voice::store
