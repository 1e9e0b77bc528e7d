// views/desk_topics.h - what puts a post under a topic, as editors see and change it.
#pragma once
#include <string>
#include <vector>

#include "store/topics.h"
#include "views/desk_page.h"

namespace voice::views {

DeskPage topics_desk_page(const std::vector<store::Topic>& topics);

struct TopicForm {
  std::string form_token;
  std::string done;  ///< what has just been done, in words; empty: nothing
  std::string kind = "tag";
  std::string term;  ///< as typed
  std::vector<Problem> problems;
};
DeskPage topic_desk_page(const TopicForm& form, const store::Topic& topic, const std::vector<store::TopicTerm>& terms);

/// "tag:weeknotes", "words:service design": one term as a form sends it.
std::string value_of(const store::TopicTerm& term);
/// "the tag “weeknotes”", "the words “service design”".
std::string in_words(const store::TopicTerm& term);

}  // namespace voice::views
