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

namespace {

struct Within {
  sys_seconds since{};  ///< exclusive
  sys_seconds now{};
};

struct CouncilPosts {
  OrganisationId council;
  std::int64_t posts = 0;
};

// Counted in the index alone, one stretch of it a council, so those that are not shown now are among them.
std::vector<CouncilPosts> posts_by_council(Reader& db, const Within& within) {
  auto rows = db.query(R"sql(
    SELECT o.id, (SELECT count(*) FROM entry_organisations AS l
                  WHERE l.organisation_id = o.id AND l.river_at > :since AND l.river_at <= :now)
    FROM organisations AS o
    WHERE o.kind <> 'body'
    ORDER BY o.name COLLATE NOCASE)sql");
  rows.bind(":since", within.since).bind(":now", within.now);
  std::vector<CouncilPosts> councils;
  while (rows.step()) councils.push_back({.council = rows.id<OrganisationId>(0), .posts = rows.integer(1)});
  return councils;
}

EntryId nth_of_council(Reader& db, OrganisationId council, const Within& within, std::int64_t n) {
  auto rows = db.query(R"sql(
    SELECT entry_id FROM entry_organisations
    WHERE organisation_id = :council AND river_at > :since AND river_at <= :now
    ORDER BY river_at DESC, entry_id DESC
    LIMIT 1 OFFSET :n)sql");
  rows.bind(":council", council).bind(":since", within.since).bind(":now", within.now).bind(":n", n);
  return rows.step() ? rows.id<EntryId>(0) : EntryId{};
}

EntryId nth_of_councils(Reader& db, const std::vector<CouncilPosts>& councils, const Within& within, std::int64_t n) {
  for (const auto& [council, posts] : councils) {
    if (n < posts) return nth_of_council(db, council, within, n);
    n -= posts;
  }
  return {};
}

std::int64_t posts_by_anybody(Reader& db, const Within& within) {
  auto rows = db.query(R"sql(
    SELECT count(*) FROM entries
    WHERE hidden_at IS NULL AND same_as IS NULL AND river_at > :since AND river_at <= :now)sql");
  rows.bind(":since", within.since).bind(":now", within.now);
  return rows.step() ? rows.integer(0) : 0;
}

EntryId nth_of_anybody(Reader& db, const Within& within, std::int64_t n) {
  auto rows = db.query(R"sql(
    SELECT id FROM entries
    WHERE hidden_at IS NULL AND same_as IS NULL AND river_at > :since AND river_at <= :now
    ORDER BY river_at DESC, id DESC
    LIMIT 1 OFFSET :n)sql");
  rows.bind(":since", within.since).bind(":now", within.now).bind(":n", n);
  return rows.step() ? rows.id<EntryId>(0) : EntryId{};
}

// The post that a choice falls on among so many. What it falls on may be hidden or have left: then it is drawn again, which
// is as fair as if that had never been there.
template <class Nth>
std::optional<EntryId> drawn(Reader& db, std::uint32_t choice, std::int64_t among, Nth&& nth) {
  constexpr int kDraws = 20;
  if (among == 0) return std::nullopt;
  for (int draw = 0; draw < kDraws; ++draw) {
    const auto n = static_cast<std::int64_t>((std::uint64_t{choice} * static_cast<std::uint64_t>(among)) >> 32);
    if (const auto id = nth(n); id && find_entry(db, id)) return id;
    choice = choice * 1664525U + 1013904223U;  // Numerical Recipes' generator: any other number will do
  }
  return std::nullopt;
}

}  // namespace

std::optional<EntryId> random_post(Reader& db, std::uint32_t choice, sys_seconds now) {
  const Within year{.since = now - std::chrono::days{365}, .now = now};
  const auto councils = posts_by_council(db, year);
  std::int64_t among = 0;
  for (const auto& council : councils) among += council.posts;
  if (auto post = drawn(db, choice, among, [&](auto n) { return nth_of_councils(db, councils, year, n); })) return post;
  if (auto post = drawn(db, choice, posts_by_anybody(db, year), [&](auto n) { return nth_of_anybody(db, year, n); }))
    return post;
  const auto newest = river(db, {.filter = AllEntries{}, .now = now, .before = {}, .limit = 1});
  return newest.empty() ? std::nullopt : std::optional(newest.front().id);
}

}  // namespace voice::store
