// How typing becomes a search: the reading half of store/search.h.
#include "base/text.h"
#include "store/search.h"
#include "store/search_index.h"

namespace voice::store {
namespace {

constexpr std::size_t kMostBytes = 400;
constexpr std::size_t kMostTerms = 12;

// Letters and digits, roughly as the index sees them. What is wrongly taken for one only finds nothing.
bool is_word(char32_t c) {
  if (c < 0x80) return is_alpha(static_cast<char>(c)) || is_digit(static_cast<char>(c));
  if (c < 0xC0) return c == 0xAA || c == 0xB5 || c == 0xBA;
  return c != 0xD7 && c != 0xF7 && !(c >= 0x2000 && c < 0x2C00) && !(c >= 0x3000 && c < 0x3005) &&
         !(c >= 0xFE00 && c < 0xFE10) && !(c >= 0xE000 && c < 0xF900) && c < 0xFFF0;
}

bool has_word(std::string_view text) {
  for (std::size_t at = 0; at < text.size();)
    if (is_word(next_code_point(text, at))) return true;
  return false;
}

// Curly quotes are what phones type.
std::string with_plain_quotes(std::string_view text) {
  std::string plain(text);
  for (const char* quote : {"\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x9E", "\xC2\xAB", "\xC2\xBB"})
    plain = replace_all(plain, quote, "\"");
  return plain;
}

// As a string of FTS5 it is only words, whatever it holds.
std::string quoted(std::string_view text) { return "\"" + replace_all(text, "\"", " ") + "\""; }

std::string facets_of(const SearchQuery& query) {
  std::string facets;
  const auto add = [&](const std::string& word) {
    if (!facets.empty()) facets += " AND ";
    facets += "facets : " + quoted(word);
  };
  if (query.blog) add(facet::of(query.blog));
  if (query.organisation) add(facet::of(query.organisation));
  if (query.topic) add(facet::of(query.topic));
  if (query.person) add(facet::of(query.person));
  if (has_word(query.language)) add(facet::of_language(utf8_prefix(query.language, 12)));
  if (query.year > 0) add(facet::of_year(query.year));
  return facets;
}

}  // namespace

std::vector<SearchTerm> parse_search(std::string_view words) {
  const auto text =
      with_plain_quotes(repair_utf8(replace_all(utf8_prefix(words, kMostBytes), std::string_view("\0", 1), " ")));
  std::vector<SearchTerm> terms;
  for (std::size_t at = 0; at < text.size() && terms.size() < kMostTerms;) {
    if (is_space(text[at])) {
      ++at;
      continue;
    }
    SearchTerm term;
    if (text[at] == '-' && at + 1 < text.size() && !is_space(text[at + 1])) {
      term.is_excluded = true;
      ++at;
    }
    term.is_phrase = text[at] == '"';
    if (term.is_phrase) ++at;
    // A quote that is never closed goes on to the end; within a word it begins the next.
    const auto end = std::min(term.is_phrase ? text.find('"', at) : text.find_first_of(" \t\r\n\f\"", at), text.size());
    term.text = collapse_space(std::string_view(text).substr(at, end - at));
    at = end + (term.is_phrase ? 1 : 0);
    if (has_word(term.text)) terms.push_back(std::move(term));
  }
  return terms;
}

std::string match_expression(const SearchQuery& query) {
  std::string wanted, excluded;
  for (const auto& term : parse_search(query.words)) {
    auto& into = term.is_excluded ? excluded : wanted;
    if (!into.empty()) into += term.is_excluded ? " OR " : " AND ";
    // In any column: to say which costs twice as much, and facets are no words that anybody types.
    into += quoted(term.text);
  }
  auto expression = facets_of(query);
  if (!wanted.empty()) expression += (expression.empty() ? "" : " AND ") + wanted;
  if (expression.empty() && excluded.empty()) return {};
  if (expression.empty()) expression = "facets : " + quoted(facet::kEvery);
  return excluded.empty() ? expression : "(" + expression + ") NOT (" + excluded + ")";
}

TitleMatch title_match(const SearchQuery& query) {
  TitleMatch match{.expression = facets_of(query), .words = 0};
  for (const auto& term : parse_search(query.words)) {
    if (term.is_excluded) return {};
    if (!match.expression.empty()) match.expression += " AND ";
    match.expression += "title : " + quoted(term.text);
    ++match.words;
  }
  return match.words > 0 ? match : TitleMatch{};
}

}  // namespace voice::store
