#include "store/ingest.h"

#include <algorithm>

#include "base/url.h"
#include "store/conversations.h"
#include "store/doubles.h"
#include "store/json_columns.h"

namespace voice::store {
namespace {
using std::chrono::days;

struct Stored {
  EntryId id;
  std::string content_hash;
  std::string url_key;
};

std::optional<Stored> find_stored(Writer& db, FeedId feed, const std::string& guid) {
  auto rows = db.query("SELECT id, content_hash, url_key FROM entries WHERE feed_id = :feed AND guid = :guid");
  rows.bind(":feed", feed).bind(":guid", guid);
  if (!rows.step()) return std::nullopt;
  return Stored{.id = rows.id<EntryId>(0), .content_hash = rows.blob(1), .url_key = rows.text(2)};
}

void bind_fields(Rows& rows, const IncomingEntry& incoming, sys_seconds now) {
  const feeds::Entry& e = *incoming.entry;
  rows.bind(":original_id", e.id.empty() ? incoming.guid : e.id)
      .bind(":permalink", e.id_is_permalink)
      .bind_or_null(":url", e.url)
      .bind_or_null(":url_key", e.url.empty() ? std::string() : url_key(e.url))
      .bind_or_null(":title", e.title)
      .bind(":excerpt", incoming.excerpt)
      .bind(":authors", to_json(e.authors))
      .bind_or_null(":author", byline(e.authors))
      .bind(":tags", to_json(e.tags))
      .bind(":enclosures", to_json(e.enclosures))
      .bind_or_null(":image", e.image)
      .bind_or_null(":language", e.language)
      .bind_or_null(":comments", e.comments_url)
      .bind_or_null(":rights", e.rights)
      .bind_or_null(":licence", e.licence)
      .bind(":words", incoming.words)
      .bind(":published", e.published ? e.published : e.updated)
      .bind(":updated", e.updated)
      .bind(":now", now)
      .bind_blob(":hash", incoming.content_hash);
}

EntryId insert_entry(Writer& db, FeedId feed, BlogId blog, const IncomingEntry& incoming, sys_seconds river_at,
                     sys_seconds now) {
  auto rows = db.change(R"sql(
    INSERT INTO entries (feed_id, blog_id, guid, original_id, id_is_permalink, url, url_key, title, excerpt, authors_json,
                         author, tags_json, enclosures_json, image, language, comments_url, rights, licence, words,
                         published_at, updated_at, first_seen_at, river_at, appeared_at, changed_at, content_hash)
    VALUES (:feed, :blog, :guid, :original_id, :permalink, :url, :url_key, :title, :excerpt, :authors, :author, :tags,
            :enclosures, :image, :language, :comments, :rights, :licence, :words, :published, :updated, :now, :river_at,
            max(:now, :river_at), :now, :hash))sql");
  bind_fields(rows, incoming, now);
  rows.bind(":feed", feed).bind(":blog", blog).bind(":guid", incoming.guid).bind(":river_at", river_at).run();
  return EntryId{db.last_id()};
}

void update_entry(Writer& db, EntryId id, const IncomingEntry& incoming, sys_seconds now) {
  auto rows = db.change(R"sql(
    UPDATE entries
    SET original_id = :original_id, id_is_permalink = :permalink, url = :url, url_key = :url_key, title = :title,
        excerpt = :excerpt, authors_json = :authors, author = :author, tags_json = :tags, enclosures_json = :enclosures,
        image = :image, language = :language, comments_url = :comments, rights = :rights, licence = :licence,
        words = :words, published_at = :published, updated_at = :updated, changed_at = :now, content_hash = :hash,
        indexed_at = NULL
    WHERE id = :id)sql");
  bind_fields(rows, incoming, now);
  rows.bind(":id", id).run();
}

void store_body(Writer& db, EntryId id, const content::SafeHtml& body) {
  db.change(R"sql(
    INSERT INTO entry_bodies (entry_id, html) VALUES (:id, :html)
    ON CONFLICT (entry_id) DO UPDATE SET html = excluded.html)sql")
      .bind(":id", id)
      .bind(":html", body.text())
      .run();
}

}  // namespace

void refresh_counts(Writer& db, BlogId blog, sys_seconds now) {
  db.change(R"sql(
    UPDATE blogs
    SET post_count = (SELECT count(*) FROM entries WHERE blog_id = :blog AND hidden_at IS NULL AND same_as IS NULL),
        last_post_at = (SELECT max(river_at) FROM entries
                        WHERE blog_id = :blog AND hidden_at IS NULL AND same_as IS NULL AND river_at <= :now)
    WHERE id = :blog)sql")
      .bind(":blog", blog)
      .bind(":now", now)
      .run();
}

sys_seconds river_place(std::optional<sys_seconds> published, sys_seconds first_seen, bool back_catalogue) {
  if (!published) return first_seen;
  if (*published > first_seen || back_catalogue) return *published;
  return std::max(first_seen - days{7}, *published);
}

std::string byline(const std::vector<feeds::Person>& authors) {
  std::vector<std::string_view> names;
  for (const auto& person : authors) {
    const std::string_view name = person.name;  // an e-mail address is no name to print
    if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  std::string line;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) line += i + 1 == names.size() ? " and " : ", ";
    line += names[i];
  }
  return line;
}

std::unordered_map<std::string, std::string> known_hashes(Reader& db, FeedId feed) {
  auto rows = db.query("SELECT guid, content_hash FROM entries WHERE feed_id = :feed");
  rows.bind(":feed", feed);
  std::unordered_map<std::string, std::string> known;
  while (rows.step()) known.emplace(rows.text(0), rows.blob(1));
  return known;
}

IngestCounts ingest(Writer& db, FeedId feed, const std::vector<IncomingEntry>& entries, bool back_catalogue,
                    sys_seconds now) {
  BlogId blog;
  {
    auto rows = db.query("SELECT blog_id FROM feeds WHERE id = :feed");
    rows.bind(":feed", feed);
    if (!rows.step()) return {};  // the feed was removed while its document was on the way
    blog = rows.id<BlogId>(0);
  }
  IngestCounts counts;
  // Documents list newest first. Stored last first, entries that share a river_at (none has a date) keep that order.
  for (auto incoming = entries.rbegin(); incoming != entries.rend(); ++incoming) {
    const auto stored = find_stored(db, feed, incoming->guid);
    if (stored && stored->content_hash == incoming->content_hash) {
      ++counts.unchanged;
      continue;
    }
    EntryId id;
    if (stored) {
      id = stored->id;
      update_entry(db, id, *incoming, now);
      const auto key = incoming->entry->url.empty() ? std::string() : url_key(incoming->entry->url);
      if (!key.empty() && !stored->url_key.empty() && key != stored->url_key) post_moved(db, stored->url_key, key);
      ++counts.changed;
    } else {
      const auto& e = *incoming->entry;
      id = insert_entry(db, feed, blog, *incoming,
                        river_place(e.published ? e.published : e.updated, now, back_catalogue), now);
      ++counts.added;
    }
    store_body(db, id, incoming->body);
    settle_doubles(db, id);
  }
  if (counts.added + counts.changed > 0) {
    refresh_counts(db, blog, now);
    bump_change_number(db);
  }
  return counts;
}

}  // namespace voice::store
