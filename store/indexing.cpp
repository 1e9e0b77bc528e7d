#include "store/indexing.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "base/text.h"
#include "config/topics.h"
#include "content/links.h"
#include "content/markup_text.h"
#include "store/conversations.h"
#include "store/counters.h"
#include "store/index_tidying.h"
#include "store/json_columns.h"
#include "store/organisations.h"
#include "store/people.h"
#include "store/search_index.h"
#include "store/summaries.h"

namespace voice::store {
namespace {

constexpr int kBatch = 400;

struct Waiting {
  EntryId id;
  sys_seconds river_at{};
  std::string title, url, url_key, original_id, excerpt, author, language;
  std::vector<feeds::Person> authors;
  std::vector<std::string> tags;
  bool is_double = false, is_shown = true;
  BlogId blog;
  std::string blog_title, blog_author, blog_organisation, blog_language, blog_home;
  BlogKind blog_kind = BlogKind::practitioner;
  content::SafeHtml body;
};

std::vector<Waiting> read_waiting(Reader& db, int limit) {
  auto rows = db.query(R"sql(
    SELECT e.id, e.river_at, e.title, e.url, e.url_key, e.original_id, e.excerpt, e.author, e.language, e.authors_json,
           e.tags_json, e.same_as IS NOT NULL, b.id, b.title, b.author, b.language, b.home_url, b.kind, t.html,
           b.organisation, e.hidden_at IS NULL AND b.state IN ('active', 'paused', 'gone')
    FROM entries AS e
      CROSS JOIN blogs AS b ON b.id = e.blog_id
      LEFT JOIN entry_bodies AS t ON t.entry_id = e.id
    WHERE e.indexed_at IS NULL
    ORDER BY e.id
    LIMIT :limit)sql");
  rows.bind(":limit", limit);
  std::vector<Waiting> waiting;
  while (rows.step())
    waiting.push_back({.id = rows.id<EntryId>(0),
                       .river_at = rows.time(1),
                       .title = rows.text(2),
                       .url = rows.text(3),
                       .url_key = rows.text(4),
                       .original_id = rows.text(5),
                       .excerpt = rows.text(6),
                       .author = rows.text(7),
                       .language = rows.text(8),
                       .authors = read_people(rows.text_view(9)),
                       .tags = read_texts(rows.text_view(10)),
                       .is_double = rows.integer(11) != 0,
                       .is_shown = rows.integer(20) != 0,
                       .blog = rows.id<BlogId>(12),
                       .blog_title = rows.text(13),
                       .blog_author = rows.text(14),
                       .blog_organisation = rows.text(19),
                       .blog_language = rows.text(15),
                       .blog_home = rows.text(16),
                       .blog_kind = parse_blog_kind(rows.text_view(17)).value_or(BlogKind::practitioner),
                       .body = content::SafeHtml::from_store(rows.text(18))});
  return waiting;
}

// What is found though it stands neither in title nor text: "posts by Ann", "posts of the Fernshire blog", tags.
std::string other_words(const Waiting& post) {
  std::string words;
  for (const auto& tag : post.tags) (words += tag) += '\n';
  (words += post.author) += '\n';
  return words += post.blog_title;
}

// A post shown elsewhere is found there: nothing of this copy may stay in the lists.
void forget(Writer& db, EntryId entry) {
  remove_words(db, entry);
  for (const char* sql :
       {"DELETE FROM entry_topics WHERE entry_id = :entry", "DELETE FROM entry_organisations WHERE entry_id = :entry",
        "DELETE FROM entry_people WHERE entry_id = :entry", "DELETE FROM entry_links WHERE from_entry_id = :entry",
        "DELETE FROM conversation_entries WHERE entry_id = :entry"})
    db.change(sql).bind(":entry", entry).run();
}

// Puts the post in the lists it belongs in; its words are returned.
SearchText index_one(Writer& db, const TopicRules& rules, const Waiting& post) {
  auto text = content::text_of_markup(post.body.text());
  auto topics = rules.topics_for(post.tags, post.title, text);
  for (const auto topic : topics_of_blog(db, post.blog))
    if (std::find(topics.begin(), topics.end(), topic) == topics.end()) topics.push_back(topic);
  put_topics(db, post.id, post.river_at, topics);
  put_links(db, {.entry = post.id,
                 .blog = post.blog,
                 .river_at = post.river_at,
                 .url_key = post.url_key,
                 .original_id = post.original_id,
                 .home_url = post.blog_home,
                 .links = content::links_of(post.body)});
  auto language = language_of(post.language, post.blog_language, text);
  return {.entry = post.id,
          .river_at = post.river_at,
          .title = post.title,
          .excerpt = post.excerpt,
          .body = std::move(text),
          .tags = other_words(post),
          .language = std::move(language),
          .blog = post.blog,
          .topics = std::move(topics),
          .organisations = put_organisations(db, post.id, post.blog, post.river_at),
          .people = put_people(db, {.entry = post.id,
                                    .river_at = post.river_at,
                                    .blog = post.blog,
                                    .kind = post.blog_kind,
                                    .blog_title = post.blog_title,
                                    .blog_author = post.blog_author,
                                    .blog_organisation = post.blog_organisation,
                                    .authors = post.authors})};
}

void wait_a_second(std::stop_token stop) {
  std::mutex mutex;
  std::condition_variable_any stopped;
  std::unique_lock lock(mutex);
  stopped.wait_for(lock, stop, std::chrono::seconds{1}, [] { return false; });
}

bool something_waits(Reader& db) {
  auto rows = db.query("SELECT 1 FROM entries WHERE indexed_at IS NULL LIMIT 1");
  return rows.step();
}

}  // namespace

void seed_reading(Writer& db) {
  bool again = seed_topics(db, config::built_in_topics());
  if (counter(db, "index_version") < kIndexVersion) {
    set_counter(db, "index_version", kIndexVersion);
    again = true;
  }
  if (again) queue_every_post(db);
  if (import_councils(db, built_in_councils()) > 0) bump_change_number(db);
}

int index_pending(Writer& db, const TopicRules& rules, sys_seconds now, int limit) {
  const auto waiting = read_waiting(db, limit);
  std::vector<SearchText> words;
  for (const auto& post : waiting) {
    if (post.is_double) {
      forget(db, post.id);
    } else {
      auto found_by = index_one(db, rules, post);
      if (post.is_shown)
        words.push_back(std::move(found_by));
      else
        remove_words(db, post.id);
    }
    db.change("UPDATE entries SET indexed_at = :now WHERE id = :id").bind(":now", now).bind(":id", post.id).run();
  }
  put_words(db, words);
  if (!waiting.empty()) bump_change_number(db);
  return static_cast<int>(waiting.size());
}

int index_all(Database& database, const Clock& clock, std::stop_token stop) {
  if (!blogs_to_link(*database.reader()).empty())
    database.write([&](Writer& db) { link_organisations(db, clock.now()); });
  int all = 0;
  while (!stop.stop_requested() && something_waits(*database.reader())) {
    all += database.write([&](Writer& db) {
      const TopicRules rules(db);  // read anew for each batch: an editor may change them meanwhile
      return index_pending(db, rules, clock.now(), kBatch);
    });
  }
  return all;
}

void keep_indexed(Database& database, const Clock& clock, std::stop_token stop) {
  database.write([](Writer& db) { seed_reading(db); });
  renew_summaries(database, stop);
  std::int64_t seen = 0;
  IndexTidying tidying;
  while (!stop.stop_requested()) {
    const auto now_at = database.change_number();
    // A feed that is fetched by another process changes the file and not this number: look all the same.
    if (now_at != seen || something_waits(*database.reader())) index_all(database, clock, stop);
    seen = database.change_number();
    if (tidying.is_under_way() || pieces_of_index(*database.reader()) > kMostPieces)
      database.write([&](Writer& db) { tidying.step(db); });
    wait_a_second(stop);
  }
}

}  // namespace voice::store
