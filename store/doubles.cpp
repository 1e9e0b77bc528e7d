#include "store/doubles.h"

#include <optional>
#include <vector>

#include "base/text.h"
#include "base/url.h"

namespace voice::store {
namespace {

struct Candidate {
  EntryId id;
  FeedId feed;
  std::string key;
  std::string title;
  bool at_home = false;
  EntryId same_as;
};

std::string host_of(std::string_view address) {
  const auto url = parse_url(address);
  if (!url) return {};
  return url->host.starts_with("www.") ? url->host.substr(4) : url->host;
}

constexpr std::string_view kSelect = R"sql(
    SELECT e.id, e.feed_id, e.url_key, coalesce(e.title, ''), coalesce(e.url, ''), f.url, coalesce(b.home_url, ''),
           e.same_as
    FROM entries AS e CROSS JOIN feeds AS f ON f.id = e.feed_id CROSS JOIN blogs AS b ON b.id = e.blog_id )sql";

Candidate read_candidate(const Rows& rows) {
  const auto host = host_of(rows.text_view(4));
  return {.id = rows.id<EntryId>(0),
          .feed = rows.id<FeedId>(1),
          .key = rows.text(2),
          .title = to_ascii_lower(collapse_space(rows.text_view(3))),
          .at_home = !host.empty() && (host == host_of(rows.text_view(5)) || host == host_of(rows.text_view(6))),
          .same_as = rows.id<EntryId>(7)};
}

// A link to a site's front page tells no post from another.
bool names_a_page(const std::string& key) { return key.find_first_of("/?") != std::string::npos; }

void set_double(Writer& db, const Candidate& entry, EntryId of) {
  if (entry.same_as == of) return;
  db.change("UPDATE entries SET same_as = :of WHERE id = :id").bind(":of", of).bind(":id", entry.id).run();
}

}  // namespace

void settle_doubles(Writer& db, EntryId entry) {
  std::optional<Candidate> mine;
  {
    auto rows = db.query(std::string(kSelect) + "WHERE e.id = :id");
    rows.bind(":id", entry);
    if (rows.step()) mine = read_candidate(rows);
  }
  if (!mine) return;
  if (!names_a_page(mine->key)) return set_double(db, *mine, {});
  std::vector<Candidate> others;
  {
    auto rows = db.query(std::string(kSelect) +
                         "WHERE e.url_key = :key AND e.feed_id <> :feed AND e.same_as IS NULL ORDER BY e.id");
    rows.bind(":key", mine->key).bind(":feed", mine->feed);
    while (rows.step())
      if (auto other = read_candidate(rows); other.title == mine->title) others.push_back(std::move(other));
  }
  EntryId of;
  for (const auto& other : others) {
    const bool first = other.at_home == mine->at_home ? other.id < mine->id : other.at_home;
    if (first && !of) of = other.id;
    if (!first) set_double(db, other, mine->id);
  }
  set_double(db, *mine, of);
}

void release_doubles_of(Writer& db, BlogId blog) {
  db.change(R"sql(
    UPDATE entries
    SET same_as = NULL
    WHERE same_as IN (SELECT id FROM entries WHERE blog_id = :blog))sql")
      .bind(":blog", blog)
      .run();
}

}  // namespace voice::store
