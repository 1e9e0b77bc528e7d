#include "store/membership.h"

#include "base/url.h"
#include "store/ingest.h"

namespace voice::store {
namespace {

std::string select_posts(std::string_view rest) {
  return "SELECT e.id, e.blog_id, b.title, e.title, e.url, e.excerpt, e.published_at, e.first_seen_at, e.same_as, "
         "e.hidden_at, e.river_at FROM entries AS e JOIN blogs AS b ON b.id = e.blog_id " +
         std::string(rest);
}

PostRow read_post(const Rows& rows, sys_seconds now) {
  PostRow post{.id = rows.id<EntryId>(0),
               .blog = rows.id<BlogId>(1),
               .blog_title = rows.text(2),
               .title = rows.text(3),
               .url = rows.text(4),
               .excerpt = rows.text(5),
               .fate = PostFate::shown,
               .published = rows.optional_time(6),
               .first_seen = rows.time(7),
               .same_as = rows.id<EntryId>(8)};
  if (!rows.is_null(9))
    post.fate = PostFate::hidden;
  else if (post.same_as)
    post.fate = PostFate::shown_elsewhere;
  else if (rows.time(10) > now)
    post.fate = PostFate::waits_for_its_day;
  return post;
}

std::vector<PostRow> many_posts(Rows rows, sys_seconds now) {
  std::vector<PostRow> posts;
  while (rows.step()) posts.push_back(read_post(rows, now));
  return posts;
}

// After an entry was hidden or shown: true where the statement before changed it.
bool settle_counts(Writer& db, EntryId entry, sys_seconds now) {
  if (db.rows_changed() != 1) return false;
  BlogId blog;
  {
    auto rows = db.query("SELECT blog_id FROM entries WHERE id = :id");
    rows.bind(":id", entry);
    if (rows.step()) blog = rows.id<BlogId>(0);
  }
  refresh_counts(db, blog, now);
  bump_change_number(db);
  return true;
}

}  // namespace

void change_details(Writer& db, BlogId blog, const NewBlog& details) {
  db.change(R"sql(
    UPDATE blogs
    SET title = :title, home_url = :home, language = :language, author = :author, organisation = :organisation,
        kind = :kind, shown = :shown, licence = :licence
    WHERE id = :id)sql")
      .bind(":title", details.title)
      .bind_or_null(":home", details.home_url)
      .bind_or_null(":language", details.language)
      .bind_or_null(":author", details.author)
      .bind_or_null(":organisation", details.organisation)
      .bind(":kind", name_of(details.kind))
      .bind(":shown", name_of(details.shown))
      .bind_or_null(":licence", details.licence)
      .bind(":id", blog)
      .run();
  bump_change_number(db);
}

void make_feed_due(Writer& db, FeedId feed, sys_seconds now, std::chrono::seconds floor) {
  // Times are kept in whole seconds, rounded down: a second more makes sure that the floor is kept.
  db.change(R"sql(
    UPDATE feeds
    SET next_fetch_at = max(:now, coalesce(last_fetch_at, 0) + :floor)
    WHERE id = :feed AND EXISTS (SELECT 1 FROM blogs WHERE id = feeds.blog_id AND state = 'active' AND kind <> 'hub'))sql")
      .bind(":now", now)
      .bind(":floor", static_cast<std::int64_t>(floor.count() + 1))
      .bind(":feed", feed)
      .run();
}

Result<Done> change_feed_address(Writer& db, FeedId feed, const std::string& url, sys_seconds now) {
  auto parsed = parse_url(url);
  if (!parsed || !parsed->is_web())
    return Error{ErrorCode::malformed, "\"" + url + "\" is not an http or https address"};
  parsed->fragment.reset();
  const auto taken = find_feed_by_url(db, parsed->text());
  if (taken && taken->id != feed) return Error{ErrorCode::conflict, url + " is already here"};
  // Validators belong to the document at the old address.
  db.change(R"sql(
    UPDATE feeds
    SET url = :url, etag = NULL, last_modified = NULL, body_hash = NULL, failures = 0, failing_since = NULL,
        error_class = NULL, error_text = NULL, error_hint = NULL, next_fetch_at = :now
    WHERE id = :feed)sql")
      .bind(":url", parsed->text())
      .bind(":now", now)
      .bind(":feed", feed)
      .run();
  bump_change_number(db);
  return Done{};
}

std::vector<PostRow> newest_posts_of(Reader& db, BlogId blog, sys_seconds now, int limit) {
  auto rows = db.query(select_posts("WHERE e.blog_id = :blog ORDER BY e.river_at DESC, e.id DESC LIMIT :limit"));
  rows.bind(":blog", blog).bind(":limit", limit);
  return many_posts(std::move(rows), now);
}

std::vector<PostRow> newest_posts(Reader& db, std::string_view words, sys_seconds now, int limit) {
  if (words.empty()) {
    auto rows = db.query(select_posts("ORDER BY e.id DESC LIMIT :limit"));
    rows.bind(":limit", limit);
    return many_posts(std::move(rows), now);
  }
  auto rows = db.query(select_posts(R"sql(
    WHERE instr(lower(coalesce(e.title, '')), lower(:words)) > 0 OR instr(lower(b.title), lower(:words)) > 0
    ORDER BY e.id DESC
    LIMIT :limit)sql"));
  rows.bind(":words", words).bind(":limit", limit);
  return many_posts(std::move(rows), now);
}

std::optional<PostRow> find_post(Reader& db, EntryId entry, sys_seconds now) {
  auto rows = db.query(select_posts("WHERE e.id = :id"));
  rows.bind(":id", entry);
  if (!rows.step()) return std::nullopt;
  return read_post(rows, now);
}

bool hide_post(Writer& db, EntryId entry, sys_seconds now) {
  db.change("UPDATE entries SET hidden_at = :now WHERE id = :id AND hidden_at IS NULL")
      .bind(":now", now)
      .bind(":id", entry)
      .run();
  return settle_counts(db, entry, now);
}

bool restore_post(Writer& db, EntryId entry, sys_seconds now) {
  db.change("UPDATE entries SET hidden_at = NULL WHERE id = :id AND hidden_at IS NOT NULL").bind(":id", entry).run();
  return settle_counts(db, entry, now);
}

}  // namespace voice::store
