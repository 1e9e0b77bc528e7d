#include "store/river.h"

#include <algorithm>

#include "base/numbers.h"
#include "base/text.h"
#include "store/json_columns.h"
#include "store/river_filter.h"
#include "store/search_index.h"

namespace voice::store {
namespace {

// Every query over entries selects these, in this order, from entries AS e, blogs AS b, feeds AS f.
constexpr std::string_view kColumns =
    "e.id, e.title, e.url, e.excerpt, e.author, e.language, e.original_id, e.id_is_permalink, e.image, e.rights, "
    "e.licence, e.comments_url, e.words, e.published_at, e.updated_at, e.first_seen_at, e.river_at, e.authors_json, "
    "e.tags_json, e.enclosures_json, b.id, b.slug, b.title, b.home_url, b.language, b.organisation, b.kind, b.shown, "
    "f.url, f.title";

constexpr int kRiverAtColumn = 16;

RiverEntry read_entry(const Rows& rows) {
  return {.id = rows.id<EntryId>(0),
          .title = rows.text(1),
          .url = rows.text(2),
          .excerpt = rows.text(3),
          .author = rows.text(4),
          .language = rows.text(5),
          .original_id = rows.text(6),
          .id_is_permalink = rows.integer(7) != 0,
          .image = rows.text(8),
          .rights = rows.text(9),
          .licence = rows.text(10),
          .comments_url = rows.text(11),
          .words = rows.integer(12),
          .published = rows.optional_time(13),
          .updated = rows.optional_time(14),
          .first_seen = rows.time(15),
          .river_at = rows.time(kRiverAtColumn),
          .authors = read_people(rows.text_view(17)),
          .tags = read_texts(rows.text_view(18)),
          .enclosures = read_enclosures(rows.text_view(19)),
          .blog = rows.id<BlogId>(20),
          .blog_slug = rows.text(21),
          .blog_title = rows.text(22),
          .blog_home_url = rows.text(23),
          .blog_language = rows.text(24),
          .blog_organisation = rows.text(25),
          .blog_kind = parse_blog_kind(rows.text_view(26)).value_or(BlogKind::practitioner),
          .shown = parse_shown(rows.text_view(27)).value_or(Shown::excerpt),
          .feed_url = rows.text(28),
          .feed_title = rows.text(29)};
}

std::string select(std::string_view where_and_order, std::string_view outermost = "entries AS e") {
  // CROSS JOIN keeps the first table outermost, so that its index gives the order and LIMIT ends the scan.
  return "SELECT " + std::string(kColumns) + " FROM " + std::string(outermost) +
         " CROSS JOIN blogs AS b ON b.id = e.blog_id CROSS JOIN feeds AS f ON f.id = e.feed_id " +
         std::string(where_and_order);
}

// A view that is read from a list of its own (which topic has which posts): `list` is its table, `owner` its first column.
std::string select_listed(const std::string& list, const std::string& owner) {
  return select("WHERE l." + owner + R"sql( = :owner AND (l.river_at, l.entry_id) < (:river_at, :id)
      AND e.hidden_at IS NULL AND e.same_as IS NULL AND b.state IN ('active', 'paused', 'gone')
    ORDER BY l.river_at DESC, l.entry_id DESC
    LIMIT :limit)sql",
                list + " AS l CROSS JOIN entries AS e ON e.id = l.entry_id");
}

std::string sql_for(const AllEntries&) {
  return select(R"sql(
    WHERE e.hidden_at IS NULL AND e.same_as IS NULL AND (e.river_at, e.id) < (:river_at, :id)
      AND b.state IN ('active', 'paused', 'gone')
    ORDER BY e.river_at DESC, e.id DESC
    LIMIT :limit)sql");
}

std::string sql_for(const OfBlog&) {
  return select(R"sql(
    WHERE e.blog_id = :owner AND e.hidden_at IS NULL AND e.same_as IS NULL AND (e.river_at, e.id) < (:river_at, :id)
      AND b.state IN ('active', 'paused', 'gone')
    ORDER BY e.river_at DESC, e.id DESC
    LIMIT :limit)sql");
}

std::string sql_for(const OfTopic&) { return select_listed("entry_topics", "topic_id"); }
std::string sql_for(const OfPerson&) { return select_listed("entry_people", "person_id"); }
std::string sql_for(const OfOrganisation&) { return select_listed("entry_organisations", "organisation_id"); }

std::string sql_for(const WithoutTopic&) {
  return select(R"sql(
    WHERE e.hidden_at IS NULL AND e.same_as IS NULL AND (e.river_at, e.id) < (:river_at, :id)
      AND b.state IN ('active', 'paused', 'gone')
      AND NOT EXISTS (SELECT 1 FROM entry_topics AS t WHERE t.entry_id = e.id AND t.topic_id = :owner)
    ORDER BY e.river_at DESC, e.id DESC
    LIMIT :limit)sql");
}

std::string sql_for(const OfPeriod&) {
  return select(R"sql(
    WHERE e.hidden_at IS NULL AND e.same_as IS NULL AND (e.river_at, e.id) < (:river_at, :id) AND e.river_at >= :from
      AND b.state IN ('active', 'paused', 'gone')
    ORDER BY e.river_at DESC, e.id DESC
    LIMIT :limit)sql");
}

// A conversation and the picks are short lists: they are sorted.
std::string sql_for(const OfConversation&) {
  return select(R"sql(
    WHERE l.conversation_id = :owner AND e.hidden_at IS NULL AND e.same_as IS NULL
      AND (e.river_at, e.id) < (:river_at, :id) AND b.state IN ('active', 'paused', 'gone')
    ORDER BY e.river_at DESC, e.id DESC
    LIMIT :limit)sql",
                "conversation_entries AS l CROSS JOIN entries AS e ON e.id = l.entry_id");
}

std::string sql_for(const WrittenHere&) {
  return replace_all(sql_for(OfBlog{}), ":owner", "(SELECT id FROM blogs WHERE kind = 'hub' LIMIT 1)");
}

std::string sql_for(const InConversations&) {
  return select(R"sql(
    WHERE (l.river_at, l.entry_id) < (:river_at, :id) AND c.blog_count > 1
      AND e.hidden_at IS NULL AND e.same_as IS NULL AND b.state IN ('active', 'paused', 'gone')
    ORDER BY l.river_at DESC, l.entry_id DESC
    LIMIT :limit)sql",
                "conversation_entries AS l CROSS JOIN conversations AS c ON c.id = l.conversation_id "
                "CROSS JOIN entries AS e ON e.id = l.entry_id");
}

std::string sql_for(const EverFeatured&) {
  return select(R"sql(
    WHERE e.hidden_at IS NULL AND e.same_as IS NULL AND (e.river_at, e.id) < (:river_at, :id)
      AND b.state IN ('active', 'paused', 'gone')
    ORDER BY e.river_at DESC, e.id DESC
    LIMIT :limit)sql",
                "(SELECT DISTINCT entry_id FROM featured WHERE starts_at <= :now) AS l "
                "CROSS JOIN entries AS e ON e.id = l.entry_id");
}

// Rows of the index of words are numbered in river order, so matches come newest first without a sort and a page of a common
// word reads a page. Hidden ones are passed over after the limit: enough more are read to make up for them.
std::string sql_for(const Matching&) {
  const auto matches = [](const std::string& table) {
    return "SELECT * FROM (SELECT rowid AS search_row FROM " + table + " WHERE " + table +
           " MATCH :match AND rowid < :before_row ORDER BY rowid DESC LIMIT :limit + 200)";
  };
  return select(R"sql(
    WHERE e.hidden_at IS NULL AND e.same_as IS NULL AND b.state IN ('active', 'paused', 'gone')
    ORDER BY l.search_row DESC
    LIMIT :limit)sql",
                "(" + matches("search_english") + " UNION ALL " + matches("search_other") +
                    ") AS l CROSS JOIN search_rows AS r ON r.search_row = l.search_row CROSS JOIN entries AS e ON e.id "
                    "= r.entry_id");
}

// Where a place in the river is in the index of words: the row of its entry, or the end of its second.
std::int64_t row_before(Reader& db, const Cursor& place) {
  auto rows = db.query("SELECT search_row FROM search_rows WHERE entry_id = :entry");
  rows.bind(":entry", place.id);
  return rows.step() ? rows.integer(0) : first_search_row(place.river_at + std::chrono::seconds{1});
}

}  // namespace

std::string Cursor::text() const { return std::to_string(unix_seconds(river_at)) + "-" + std::to_string(id.value); }

std::optional<Cursor> parse_cursor(std::string_view text) {
  const auto dash = text.rfind('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto seconds = parse_number<std::int64_t>(text.substr(0, dash));
  const auto id = parse_number<std::int64_t>(text.substr(dash + 1));
  if (!seconds || !id || *id <= 0) return std::nullopt;
  return Cursor{.river_at = from_unix_seconds(*seconds), .id = EntryId{*id}};
}

std::string river_sql(const RiverFilter& filter) {
  return std::visit([](const auto& f) { return sql_for(f); }, filter);
}

// The same list from a place upwards: the comparison of places and every order are turned round.
std::string upwards_sql(const RiverFilter& filter) {
  auto sql = replace_all(river_sql(filter), " DESC", " ASC");
  sql = replace_all(sql, ") < (:river_at, :id)", ") > (:river_at, :id)");
  return replace_all(sql, "rowid < :before_row", "rowid > :before_row");
}

std::vector<RiverEntry> river(Reader& db, const RiverQuery& query) {
  auto rows = db.query(river_sql(query.filter));
  bind_filter(rows, query.filter);
  // From the newest: everything dated until now, the highest id of that second included.
  const auto newest = newest_of(query.filter, query.now);
  Cursor before = query.before.value_or(Cursor{.river_at = newest, .id = EntryId{INT64_MAX}});
  if (before.river_at > newest) before = {.river_at = newest, .id = EntryId{INT64_MAX}};
  if (std::holds_alternative<Matching>(query.filter))
    // The row is that of the cursor's post, which may be one that is dated ahead.
    rows.bind(":before_row", std::min(row_before(db, before), first_search_row(newest + std::chrono::seconds{1})));
  else
    rows.bind(":river_at", before.river_at).bind(":id", before.id);
  rows.bind(":limit", query.limit);
  if (std::holds_alternative<EverFeatured>(query.filter)) rows.bind(":now", query.now);
  std::vector<RiverEntry> entries;
  while (rows.step()) entries.push_back(read_entry(rows));
  return entries;
}

std::optional<Cursor> page_before(Reader& db, const RiverQuery& query) {
  auto rows = db.query(upwards_sql(query.filter));
  bind_filter(rows, query.filter);
  if (std::holds_alternative<Matching>(query.filter))
    rows.bind(":before_row", row_before(db, *query.before));
  else
    rows.bind(":river_at", query.before->river_at).bind(":id", query.before->id);
  rows.bind(":limit", query.limit + 1);
  if (std::holds_alternative<EverFeatured>(query.filter)) rows.bind(":now", query.now);
  const auto newest = newest_of(query.filter, query.now);
  Cursor place;
  int passed = 0;
  while (passed <= query.limit && rows.step()) {
    place = {.river_at = rows.time(kRiverAtColumn), .id = rows.id<EntryId>(0)};
    if (place.river_at > newest) return std::nullopt;
    ++passed;
  }
  return passed > query.limit ? std::optional(place) : std::nullopt;
}

std::string appeared_sql() {
  return select(R"sql(
    WHERE e.hidden_at IS NULL AND e.same_as IS NULL AND b.state IN ('active', 'paused', 'gone')
    ORDER BY e.appeared_at DESC, e.id DESC)sql",
                "(SELECT id FROM entries WHERE appeared_at >= :from AND appeared_at < :until "
                "ORDER BY appeared_at, id LIMIT :limit OFFSET :skip) AS l CROSS JOIN entries AS e ON e.id = l.id");
}

std::vector<RiverEntry> appeared(Reader& db, const AppearedQuery& query) {
  auto rows = db.query(appeared_sql());
  rows.bind(":from", query.from).bind(":until", query.until).bind(":limit", query.limit).bind(":skip", query.skip);
  std::vector<RiverEntry> entries;
  while (rows.step()) entries.push_back(read_entry(rows));
  return entries;
}

std::optional<RiverEntry> find_entry(Reader& db, EntryId id) {
  auto rows = db.query(select("WHERE e.id = :id AND e.hidden_at IS NULL AND b.state IN ('active', 'paused', 'gone')"));
  rows.bind(":id", id);
  if (!rows.step()) return std::nullopt;
  return read_entry(rows);
}

std::vector<RiverEntry> entries_by_id(Reader& db, const std::vector<EntryId>& ids) {
  std::vector<RiverEntry> entries;
  for (const auto id : ids)
    if (auto entry = find_entry(db, id)) entries.push_back(std::move(*entry));
  return entries;
}

content::SafeHtml body_of(Reader& db, EntryId id) {
  auto rows = db.query("SELECT html FROM entry_bodies WHERE entry_id = :id");
  rows.bind(":id", id);
  return rows.step() ? content::SafeHtml::from_store(rows.text(0)) : content::SafeHtml();
}

}  // namespace voice::store
