#include "store/around_post.h"

namespace voice::store {

std::optional<RiverEntry> older_of_blog(Reader& db, const RiverEntry& entry, sys_seconds now) {
  auto older = river(db, {.filter = OfBlog{entry.blog}, .now = now, .before = entry.cursor(), .limit = 1});
  if (older.empty()) return std::nullopt;
  return std::move(older.front());
}

std::optional<RiverEntry> newer_of_blog(Reader& db, const RiverEntry& entry, sys_seconds now) {
  EntryId newer;
  {
    auto rows = db.query(R"sql(
      SELECT id FROM entries
      WHERE blog_id = :blog AND hidden_at IS NULL AND same_as IS NULL AND (river_at, id) > (:river_at, :id)
        AND river_at <= :now
      ORDER BY river_at, id
      LIMIT 1)sql");
    rows.bind(":blog", entry.blog).bind(":river_at", entry.river_at).bind(":id", entry.id).bind(":now", now);
    if (!rows.step()) return std::nullopt;
    newer = rows.id<EntryId>(0);
  }
  return find_entry(db, newer);
}

std::vector<Elsewhere> same_post_elsewhere(Reader& db, EntryId entry) {
  auto rows = db.query(R"sql(
    SELECT b.title, e.url
    FROM entries AS e JOIN blogs AS b ON b.id = e.blog_id
    WHERE e.same_as = :entry AND e.hidden_at IS NULL AND b.state IN ('active', 'paused', 'gone')
    ORDER BY e.id)sql");
  rows.bind(":entry", entry);
  std::vector<Elsewhere> elsewhere;
  while (rows.step()) elsewhere.push_back({.blog_title = rows.text(0), .url = rows.text(1)});
  return elsewhere;
}

std::optional<EntryId> shown_as(Reader& db, EntryId entry) {
  auto rows = db.query("SELECT same_as FROM entries WHERE id = :id AND same_as IS NOT NULL");
  rows.bind(":id", entry);
  return rows.step() ? std::optional(rows.id<EntryId>(0)) : std::nullopt;
}

Absence why_absent(Reader& db, EntryId entry) {
  auto rows = db.query(R"sql(
    SELECT e.hidden_at IS NOT NULL, b.state = 'left'
    FROM entries AS e JOIN blogs AS b ON b.id = e.blog_id
    WHERE e.id = :id)sql");
  rows.bind(":id", entry);
  if (!rows.step()) return Absence::never_was;
  if (rows.integer(1) != 0) return Absence::blog_left;
  return rows.integer(0) != 0 ? Absence::hidden : Absence::never_was;
}

std::optional<EntryId> random_post(Reader& db, std::uint32_t choice, sys_seconds now) {
  // A moment in the last year, then the post before it: one step in the index instead of counting everything.
  constexpr auto kYear = std::chrono::seconds{365 * 86400};
  const auto moment = now - std::chrono::seconds{static_cast<std::int64_t>(choice) % kYear.count()};
  for (const auto from : {moment, now}) {
    auto rows = db.query(R"sql(
      SELECT e.id
      FROM entries AS e CROSS JOIN blogs AS b ON b.id = e.blog_id
      WHERE e.hidden_at IS NULL AND e.same_as IS NULL AND e.river_at <= :from
        AND b.state IN ('active', 'paused', 'gone') AND b.kind <> 'supplier'
      ORDER BY e.river_at DESC, e.id DESC
      LIMIT 1)sql");
    rows.bind(":from", from);
    if (rows.step()) return rows.id<EntryId>(0);
  }
  return std::nullopt;
}

}  // namespace voice::store
