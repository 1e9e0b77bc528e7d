// store/topics.h - the hub's topics, what puts a post under one, and which posts are there.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/topics.h"
#include "store/db.h"

namespace voice::store {

struct Topic {
  TopicId id;
  std::string slug;
  std::string name;
  std::string description;
  bool is_kind_of_post = false;
  std::int64_t post_count = 0;
};

/// Fills an empty list of topics; does nothing where there are some.
void seed_topics(Writer& db, const std::vector<config::TopicSeed>& topics);

std::vector<Topic> all_topics(Reader& db);  ///< by name
std::optional<Topic> find_topic(Reader& db, std::string_view slug);
/// The topics of one post, by name.
std::vector<Topic> topics_of(Reader& db, EntryId entry);
/// Topics whose posts are often this one's too, most shared first.
std::vector<Topic> related_topics(Reader& db, TopicId topic, int limit);

enum class TermKind { tag, words };
struct TopicTerm {
  TermKind kind = TermKind::tag;
  std::string term;  ///< folded: lower case, single spaces
};
std::vector<TopicTerm> terms_of(Reader& db, TopicId topic);
/// Replaces what puts a post under a topic, and queues every post for indexing.
void set_terms(Writer& db, TopicId topic, const std::vector<TopicTerm>& terms);

/// A tag or a text as terms are compared: lower case, hyphens, underscores and runs of space as one space.
std::string folded_term(std::string_view text);

/// Which topics a post belongs to: by its tags, and by words in its title and text.
class TopicRules {
 public:
  explicit TopicRules(Reader& db);
  std::vector<TopicId> topics_for(const std::vector<std::string>& tags, std::string_view title,
                                  std::string_view text) const;

 private:
  struct Rule {
    TermKind kind;
    std::string term;
    TopicId topic;
  };
  std::vector<Rule> rules_;
};

}  // namespace voice::store
