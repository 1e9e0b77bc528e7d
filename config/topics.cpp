#include "config/topics.h"

#include <stdexcept>
#include <toml++/toml.h>

#include "base/embedded.h"
#include "base/text.h"

namespace voice::config {
namespace {
std::vector<std::string> texts(const toml::table& table, std::string_view key) {
  std::vector<std::string> out;
  if (const auto* list = table[key].as_array())
    for (const auto& item : *list)
      if (const auto text = item.value<std::string>()) out.push_back(to_ascii_lower(*text));
  return out;
}
}  // namespace

Result<std::vector<TopicSeed>> parse_topics(std::string_view text) {
  toml::table document;
  try {
    document = toml::parse(text);
  } catch (const toml::parse_error& problem) {
    return Error{ErrorCode::malformed,
                 "line " + std::to_string(problem.source().begin.line) + ": " + std::string(problem.description())};
  }
  std::vector<TopicSeed> topics;
  const auto* list = document["topic"].as_array();
  if (!list) return Error{ErrorCode::malformed, "there is no [[topic]]"};
  for (const auto& item : *list) {
    const auto* table = item.as_table();
    if (!table) return Error{ErrorCode::malformed, "a topic must be a [[topic]] table"};
    TopicSeed topic{.slug = (*table)["slug"].value_or(std::string()),
                    .name = (*table)["name"].value_or(std::string()),
                    .description = (*table)["description"].value_or(std::string()),
                    .is_kind_of_post = (*table)["is_kind_of_post"].value_or(false),
                    .tags = texts(*table, "tags"),
                    .words = texts(*table, "words")};
    if (topic.name.empty()) return Error{ErrorCode::malformed, "a topic has no name"};
    if (topic.slug != slug_of(topic.slug) || topic.slug.empty())
      return Error{ErrorCode::malformed,
                   "topic " + topic.name + ": slug must be lower-case letters, digits and hyphens"};
    topics.push_back(std::move(topic));
  }
  return topics;
}

std::vector<TopicSeed> built_in_topics() {
  auto topics = parse_topics(embedded_topics().front().bytes);
  if (!topics) throw std::logic_error("config/topics.toml: " + topics.error().what);
  return std::move(*topics);
}

}  // namespace voice::config
