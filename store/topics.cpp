#include "store/topics.h"

#include <algorithm>
#include <initializer_list>
#include <set>
#include <utility>

#include "base/text.h"

namespace voice::store {
namespace {
Topic read_topic(const Rows& rows) {
  return {.id = rows.id<TopicId>(0),
          .slug = rows.text(1),
          .name = rows.text(2),
          .description = rows.text(3),
          .is_kind_of_post = rows.integer(4) != 0,
          .post_count = rows.integer(5)};
}

std::vector<Topic> read_topics(Rows& rows) {
  std::vector<Topic> topics;
  while (rows.step()) topics.push_back(read_topic(rows));
  return topics;
}

std::string_view name_of(TermKind kind) { return kind == TermKind::tag ? "tag" : "words"; }

bool insert_term(Writer& db, TopicId topic, TermKind kind, std::string_view term) {
  const auto folded = folded_term(term);
  if (folded.empty()) return false;
  db.change("INSERT OR IGNORE INTO topic_terms (topic_id, kind, term) VALUES (:topic, :kind, :term)")
      .bind(":topic", topic)
      .bind(":kind", name_of(kind))
      .bind(":term", folded)
      .run();
  return db.rows_changed() == 1;
}

bool is_word_byte(char c) { return is_alpha(c) || is_digit(c) || static_cast<unsigned char>(c) > 0x7F; }

std::vector<std::string_view> words_of(std::string_view lower) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < lower.size();) {
    const auto from = at;
    while (at < lower.size() && is_word_byte(lower[at])) ++at;
    if (at > from)
      words.push_back(lower.substr(from, at - from));
    else
      ++at;
  }
  return words;
}

bool is_plural_of(std::string_view word, std::string_view singular) {
  return word.size() == singular.size() + 1 && word.back() == 's' && word.starts_with(singular);
}

// The last word of a phrase may have a plural s: "data standard" is in "data standards".
bool stands_at(const std::vector<std::string_view>& text, std::size_t at, const std::vector<std::string>& phrase) {
  if (at + phrase.size() > text.size()) return false;
  for (std::size_t i = 0; i + 1 < phrase.size(); ++i)
    if (text[at + i] != phrase[i]) return false;
  const auto last = text[at + phrase.size() - 1];
  return last == phrase.back() || is_plural_of(last, phrase.back());
}

void add_once(std::vector<TopicId>& topics, TopicId topic) {
  if (std::find(topics.begin(), topics.end(), topic) == topics.end()) topics.push_back(topic);
}
}  // namespace

std::string folded_term(std::string_view text) {
  std::string lower = to_ascii_lower(text);
  std::replace_if(
      lower.begin(), lower.end(), [](char c) { return c == '-' || c == '_'; }, ' ');
  return collapse_space(lower);
}

void queue_every_post(Writer& db) {
  db.change("UPDATE entries SET indexed_at = NULL WHERE indexed_at IS NOT NULL").run();
}

namespace {

using Term = std::pair<std::string, std::string>;  // kind and folded term
using SeededTerms = std::set<Term>;

SeededTerms seeded_before(Reader& db, const std::string& slug) {
  auto rows = db.query("SELECT kind, term FROM topic_seeds WHERE slug = :slug");
  rows.bind(":slug", slug);
  SeededTerms terms;
  while (rows.step()) terms.emplace(rows.text(0), rows.text(1));
  return terms;
}

SeededTerms terms_in(const config::TopicSeed& topic) {
  SeededTerms terms;
  for (const auto& tag : topic.tags) terms.emplace(name_of(TermKind::tag), folded_term(tag));
  for (const auto& words : topic.words) terms.emplace(name_of(TermKind::words), folded_term(words));
  return terms;
}

// The topic under its shipped name; makes it where it is new. True where it was not so before.
bool put_topic(Writer& db, const config::TopicSeed& topic) {
  db.change(R"sql(
    INSERT INTO topics (slug, name, description, is_kind_of_post) VALUES (:slug, :name, :description, :kind)
    ON CONFLICT (slug) DO UPDATE
    SET name = excluded.name, description = excluded.description, is_kind_of_post = excluded.is_kind_of_post
    WHERE name <> excluded.name OR description <> excluded.description OR is_kind_of_post <> excluded.is_kind_of_post)sql")
      .bind(":slug", topic.slug)
      .bind(":name", topic.name)
      .bind(":description", topic.description)
      .bind(":kind", topic.is_kind_of_post)
      .run();
  return db.rows_changed() > 0;
}

void change_term(Writer& db, const std::string& slug, const Term& term, std::initializer_list<const char*> statements) {
  for (const char* sql : statements)
    db.change(sql).bind(":slug", slug).bind(":kind", term.first).bind(":term", term.second).run();
}

}  // namespace

bool seed_topics(Writer& db, const std::vector<config::TopicSeed>& topics) {
  bool changed = false;
  for (const auto& topic : topics) {
    changed = put_topic(db, topic) || changed;
    const auto before = seeded_before(db, topic.slug), now = terms_in(topic);
    for (const auto& term : now) {
      if (before.contains(term)) continue;
      change_term(db, topic.slug, term,
                  {"INSERT OR IGNORE INTO topic_terms (topic_id, kind, term) "
                   "SELECT id, :kind, :term FROM topics WHERE slug = :slug",
                   "INSERT INTO topic_seeds (slug, kind, term) VALUES (:slug, :kind, :term)"});
      changed = true;
    }
    for (const auto& term : before) {
      if (now.contains(term)) continue;
      change_term(db, topic.slug, term,
                  {"DELETE FROM topic_terms WHERE kind = :kind AND term = :term "
                   "AND topic_id = (SELECT id FROM topics WHERE slug = :slug)",
                   "DELETE FROM topic_seeds WHERE slug = :slug AND kind = :kind AND term = :term"});
      changed = true;
    }
  }
  return changed;
}

std::vector<Topic> all_topics(Reader& db) {
  auto rows = db.query(
      "SELECT id, slug, name, description, is_kind_of_post, post_count FROM topics ORDER BY name COLLATE NOCASE");
  return read_topics(rows);
}

std::optional<Topic> find_topic(Reader& db, std::string_view slug) {
  auto rows =
      db.query("SELECT id, slug, name, description, is_kind_of_post, post_count FROM topics WHERE slug = :slug");
  rows.bind(":slug", slug);
  if (!rows.step()) return std::nullopt;
  return read_topic(rows);
}

std::vector<Topic> topics_of(Reader& db, EntryId entry) {
  auto rows = db.query(R"sql(
    SELECT t.id, t.slug, t.name, t.description, t.is_kind_of_post, t.post_count
    FROM entry_topics AS e JOIN topics AS t ON t.id = e.topic_id
    WHERE e.entry_id = :entry
    ORDER BY t.name COLLATE NOCASE)sql");
  rows.bind(":entry", entry);
  return read_topics(rows);
}

std::vector<Topic> related_topics(Reader& db, TopicId topic, int limit) {
  // Its newest posts say what it goes with; older ones would cost more and say the same.
  auto rows = db.query(R"sql(
    SELECT t.id, t.slug, t.name, t.description, t.is_kind_of_post, t.post_count
    FROM (SELECT entry_id FROM entry_topics WHERE topic_id = :topic ORDER BY river_at DESC LIMIT 200) AS own
      CROSS JOIN entry_topics AS other ON other.entry_id = own.entry_id
      CROSS JOIN topics AS t ON t.id = other.topic_id
    WHERE t.id <> :topic
    GROUP BY t.id
    ORDER BY count(*) DESC, t.name
    LIMIT :limit)sql");
  rows.bind(":topic", topic).bind(":limit", limit);
  return read_topics(rows);
}

std::vector<TopicTerm> terms_of(Reader& db, TopicId topic) {
  auto rows = db.query("SELECT kind, term FROM topic_terms WHERE topic_id = :topic ORDER BY kind, term");
  rows.bind(":topic", topic);
  std::vector<TopicTerm> terms;
  while (rows.step())
    terms.push_back({.kind = rows.text_view(0) == "tag" ? TermKind::tag : TermKind::words, .term = rows.text(1)});
  return terms;
}

void set_terms(Writer& db, TopicId topic, const std::vector<TopicTerm>& terms) {
  db.change("DELETE FROM topic_terms WHERE topic_id = :topic").bind(":topic", topic).run();
  for (const auto& term : terms) insert_term(db, topic, term.kind, term.term);
  queue_every_post(db);
}

bool add_term(Writer& db, TopicId topic, const TopicTerm& term) {
  const bool added = insert_term(db, topic, term.kind, term.term);
  if (added) queue_every_post(db);
  return added;
}

bool remove_term(Writer& db, TopicId topic, const TopicTerm& term) {
  db.change("DELETE FROM topic_terms WHERE topic_id = :topic AND kind = :kind AND term = :term")
      .bind(":topic", topic)
      .bind(":kind", name_of(term.kind))
      .bind(":term", folded_term(term.term))
      .run();
  const bool removed = db.rows_changed() == 1;
  if (removed) queue_every_post(db);
  return removed;
}

TopicRules::TopicRules(Reader& db) {
  auto rows = db.query(R"sql(
    SELECT r.kind, r.term, r.topic_id, t.is_kind_of_post
    FROM topic_terms AS r JOIN topics AS t ON t.id = r.topic_id)sql");
  while (rows.step()) {
    const auto topic = rows.id<TopicId>(2);
    if (rows.text_view(0) == "tag")
      by_tag_[rows.text(1)].push_back(topic);
    else
      add_phrase(rows.text_view(1), topic, rows.integer(3) != 0);
  }
}

void TopicRules::add_phrase(std::string_view term, TopicId topic, bool in_title_only) {
  Phrase phrase{.words = {}, .number = phrases_++, .topic = topic, .in_title_only = in_title_only};
  for (const auto word : words_of(term)) phrase.words.emplace_back(word);
  if (phrase.words.empty()) return;
  const auto& first = phrase.words.front();
  if (phrase.words.size() == 1) by_first_word_[first + "s"].push_back(phrase);
  by_first_word_[first].push_back(phrase);
}

std::vector<const TopicRules::Phrase*> TopicRules::phrases_in(std::string_view text) const {
  const std::string lower = to_ascii_lower(text);
  const auto words = words_of(lower);
  std::vector<const Phrase*> found;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const auto phrases = by_first_word_.find(words[at]);
    if (phrases == by_first_word_.end()) continue;
    for (const auto& phrase : phrases->second)
      if (stands_at(words, at, phrase.words)) found.push_back(&phrase);
  }
  return found;
}

std::vector<TopicId> TopicRules::topics_for(const std::vector<std::string>& tags, std::string_view title,
                                            std::string_view text) const {
  std::vector<TopicId> topics;
  for (const auto& tag : tags) {
    const auto fits = by_tag_.find(folded_term(tag));
    if (fits == by_tag_.end()) continue;
    for (const auto topic : fits->second) add_once(topics, topic);
  }
  for (const auto* phrase : phrases_in(title)) add_once(topics, phrase->topic);
  std::unordered_map<std::size_t, int> mentions;
  for (const auto* phrase : phrases_in(text))
    if (!phrase->in_title_only && ++mentions[phrase->number] == kMentions) add_once(topics, phrase->topic);
  return topics;
}

void put_topics(Writer& db, EntryId entry, sys_seconds river_at, const std::vector<TopicId>& topics) {
  db.change("DELETE FROM entry_topics WHERE entry_id = :entry AND given_by = 'rule'").bind(":entry", entry).run();
  for (const auto topic : topics)
    db.change("INSERT OR IGNORE INTO entry_topics (topic_id, river_at, entry_id) VALUES (:topic, :river_at, :entry)")
        .bind(":topic", topic)
        .bind(":river_at", river_at)
        .bind(":entry", entry)
        .run();
}

void set_blog_topics(Writer& db, BlogId blog, const std::vector<std::string>& slugs) {
  db.change("DELETE FROM blog_topics WHERE blog_id = :blog").bind(":blog", blog).run();
  for (const auto& slug : slugs)
    db.change(R"sql(
      INSERT OR IGNORE INTO blog_topics (blog_id, topic_id)
      SELECT :blog, id FROM topics WHERE slug = :slug AND NOT is_kind_of_post)sql")
        .bind(":blog", blog)
        .bind(":slug", slug)
        .run();
}

std::vector<TopicId> topics_of_blog(Reader& db, BlogId blog) {
  auto rows = db.query("SELECT topic_id FROM blog_topics WHERE blog_id = :blog");
  rows.bind(":blog", blog);
  std::vector<TopicId> topics;
  while (rows.step()) topics.push_back(rows.id<TopicId>(0));
  return topics;
}

bool give_topic(Writer& db, EntryId entry, TopicId topic) {
  db.change(R"sql(
    INSERT INTO entry_topics (topic_id, river_at, entry_id, given_by)
    SELECT :topic, river_at, id, 'editor' FROM entries WHERE id = :entry
    ON CONFLICT (topic_id, river_at, entry_id) DO UPDATE SET given_by = 'editor' WHERE given_by <> 'editor')sql")
      .bind(":topic", topic)
      .bind(":entry", entry)
      .run();
  const bool changed = db.rows_changed() == 1;
  if (changed) bump_change_number(db);
  return changed;
}

}  // namespace voice::store
