// config/topics.h - the hub's own list of topics, as a file that anybody can read and change.
//
// A tag is what bloggers write, any case; words are looked for in titles and texts. The database follows this list from
// version to version, except where editors have changed it (store/topics.h).
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace voice::config {

struct TopicSeed {
  std::string slug;
  std::string name;
  std::string description;
  bool is_kind_of_post = false;  ///< "weeknotes": readers may leave it out of the river
  std::vector<std::string> tags;
  std::vector<std::string> words;
};

/// The list in the binary (config/topics.toml as it was built).
std::vector<TopicSeed> built_in_topics();
/// Errors: malformed, naming the line or the topic.
Result<std::vector<TopicSeed>> parse_topics(std::string_view toml);

}  // namespace voice::config
