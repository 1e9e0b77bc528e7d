// store/topics.h - the hub's topics, what puts a post under one, and which posts are there.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/by_text.h"
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

/// Brings the program's list up to date with `topics`: new topics and terms come, names and descriptions follow, terms that
/// the list has dropped go. What editors changed stays: a term they took away is not put back, one they added is not touched.
/// A topic that the list has dropped stays with its posts. True where something changed, and posts are to be indexed anew.
bool seed_topics(Writer& db, const std::vector<config::TopicSeed>& topics);
/// Every post waits for indexing again.
void queue_every_post(Writer& db);

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

/// Adds or takes away one tag or phrase. False when there was nothing to do; otherwise every post is queued for indexing.
bool add_term(Writer& db, TopicId topic, const TopicTerm& term);
bool remove_term(Writer& db, TopicId topic, const TopicTerm& term);

/// A tag or a text as terms are compared: lower case, hyphens, underscores and runs of space as one space.
std::string folded_term(std::string_view text);

/// Which topics a post belongs to: by its tags, by a phrase in its title, or by one its text says kMentions times (said once
/// in passing, "the cloud" makes no post about the cloud). Kinds of post go by tags and title alone: a post that speaks of
/// weeknotes twice is none. A copy of the list as it was when this was made.
class TopicRules {
 public:
  explicit TopicRules(Reader& db);
  /// Each topic once, in no order. Linear in the length of the text, whatever the number of phrases.
  std::vector<TopicId> topics_for(const std::vector<std::string>& tags, std::string_view title,
                                  std::string_view text) const;
  static constexpr int kMentions = 2;

 private:
  struct Phrase {
    std::vector<std::string> words;
    std::size_t number = 0;  ///< tells phrases apart while their mentions are counted
    TopicId topic;
    bool in_title_only = false;
  };
  void add_phrase(std::string_view term, TopicId topic, bool in_title_only);
  std::vector<const Phrase*> phrases_in(std::string_view text) const;

  ByText<std::vector<TopicId>> by_tag_;
  ByText<std::vector<Phrase>> by_first_word_;
  std::size_t phrases_ = 0;
};

/// Puts a post under the topics that the rules found; what an editor gave stays. Part of indexing.
void put_topics(Writer& db, EntryId entry, sys_seconds river_at, const std::vector<TopicId>& topics);
/// What a blogger said the blog is about; kinds of post are left out, as no blog is of one kind only.
void set_blog_topics(Writer& db, BlogId blog, const std::vector<std::string>& slugs);
std::vector<TopicId> topics_of_blog(Reader& db, BlogId blog);

/// An editor's word on one post: it stays whatever the rules say. False when it was so before.
bool give_topic(Writer& db, EntryId entry, TopicId topic);

}  // namespace voice::store
