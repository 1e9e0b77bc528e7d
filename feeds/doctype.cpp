#include "feeds/doctype.h"

#include <string>

#include "base/text.h"
#include "feeds/limits.h"

namespace voice::feeds {
namespace {

constexpr std::size_t kMostEntities = 1000;

// What stands between [ and ] of <!DOCTYPE x [...]>, or nothing. It comes before the first element.
std::string_view internal_subset(std::string_view text) {
  const auto start = text.find("<!DOCTYPE");
  if (start == std::string_view::npos) return {};
  const auto bracket = text.find_first_of("[>", start);
  if (bracket == std::string_view::npos || text[bracket] == '>') return {};
  const auto end = text.find("]>", bracket);
  const auto spaced = text.find("] >", bracket);
  return text.substr(bracket + 1, std::min(end, spaced) - bracket - 1);
}

// Moves past one word, which ends at a space.
std::string_view take_word(std::string_view& text) {
  text = trim(text);
  std::size_t n = 0;
  while (n < text.size() && !is_space(text[n])) ++n;
  const auto word = text.substr(0, n);
  text.remove_prefix(n);
  return word;
}

void read_declaration(std::string_view text, DeclaredEntities& entities, std::size_t& total) {
  const auto name = take_word(text);
  text = trim(text);
  const bool quoted = !text.empty() && (text[0] == '"' || text[0] == '\'');
  if (name.empty() || name == "%" || !quoted || entities.size() >= kMostEntities) return;
  const auto end = text.find(text[0], 1);
  if (end == std::string_view::npos || end > kLongestExpansion) return;
  std::string value;
  append_decoded(value, text.substr(1, end - 1), &entities);
  total += value.size();
  if (total <= kLongestExpansion) entities.emplace(name, std::move(value));
}

}  // namespace

DeclaredEntities declared_entities(std::string_view prolog) {
  DeclaredEntities entities;
  auto subset = internal_subset(prolog);
  std::size_t total = 0;
  for (auto at = subset.find("<!ENTITY"); at != std::string_view::npos; at = subset.find("<!ENTITY", at + 8))
    if (at + 8 < subset.size() && is_space(subset[at + 8])) read_declaration(subset.substr(at + 8), entities, total);
  return entities;
}

}  // namespace voice::feeds
