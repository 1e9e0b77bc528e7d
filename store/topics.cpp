#include "store/topics.h"

#include <algorithm>

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

void add_term(Writer& db, TopicId topic, std::string_view kind, std::string_view term) {
  const auto folded = folded_term(term);
  if (folded.empty()) return;
  db.change("INSERT OR IGNORE INTO topic_terms (topic_id, kind, term) VALUES (:topic, :kind, :term)")
      .bind(":topic", topic)
      .bind(":kind", kind)
      .bind(":term", folded)
      .run();
}

bool is_word_byte(char c) { return is_alpha(c) || is_digit(c) || static_cast<unsigned char>(c) > 0x7F; }

// Whole words only: "ai" is not in "said". A plural s counts as the same word.
bool says(std::string_view folded, std::string_view phrase) {
  for (std::size_t at = 0; (at = folded.find(phrase, at)) != std::string_view::npos; ++at) {
    auto end = at + phrase.size();
    if (end < folded.size() && folded[end] == 's') ++end;
    if ((at == 0 || !is_word_byte(folded[at - 1])) && (end == folded.size() || !is_word_byte(folded[end]))) return true;
  }
  return false;
}
}  // namespace

std::string folded_term(std::string_view text) {
  std::string lower = to_ascii_lower(text);
  std::replace_if(lower.begin(), lower.end(), [](char c) { return c == '-' || c == '_'; }, ' ');
  return collapse_space(lower);
}

void seed_topics(Writer& db, const std::vector<config::TopicSeed>& topics) {
  {
    auto rows = db.query("SELECT 1 FROM topics LIMIT 1");
    if (rows.step()) return;
  }
  for (const auto& topic : topics) {
    db.change("INSERT INTO topics (slug, name, description, is_kind_of_post) VALUES (:slug, :name, :description, :kind)")
        .bind(":slug", topic.slug)
        .bind(":name", topic.name)
        .bind(":description", topic.description)
        .bind(":kind", topic.is_kind_of_post)
        .run();
    const TopicId id{db.last_id()};
    for (const auto& tag : topic.tags) add_term(db, id, "tag", tag);
    for (const auto& words : topic.words) add_term(db, id, "words", words);
  }
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
  for (const auto& term : terms) add_term(db, topic, term.kind == TermKind::tag ? "tag" : "words", term.term);
  db.change("UPDATE entries SET indexed_at = NULL WHERE indexed_at IS NOT NULL").run();
}

TopicRules::TopicRules(Reader& db) {
  auto rows = db.query("SELECT kind, term, topic_id FROM topic_terms");
  while (rows.step())
    rules_.push_back({.kind = rows.text_view(0) == "tag" ? TermKind::tag : TermKind::words,
                      .term = rows.text(1),
                      .topic = rows.id<TopicId>(2)});
}

std::vector<TopicId> TopicRules::topics_for(const std::vector<std::string>& tags, std::string_view title,
                                            std::string_view text) const {
  std::vector<std::string> folded_tags;
  for (const auto& tag : tags) folded_tags.push_back(folded_term(tag));
  const auto folded_title = folded_term(title), folded_text = folded_term(text);
  std::vector<TopicId> topics;
  for (const auto& rule : rules_) {
    if (std::find(topics.begin(), topics.end(), rule.topic) != topics.end()) continue;
    const bool fits = rule.kind == TermKind::tag
                          ? std::find(folded_tags.begin(), folded_tags.end(), rule.term) != folded_tags.end()
                          : says(folded_title, rule.term) || says(folded_text, rule.term);
    if (fits) topics.push_back(rule.topic);
  }
  return topics;
}

}  // namespace voice::store
