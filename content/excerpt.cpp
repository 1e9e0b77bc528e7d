#include "content/excerpt.h"

#include "base/text.h"
#include "content/html_parser.h"
#include "content/tree_text.h"

namespace voice::content {

std::string plain_text(const SafeHtml& safe) {
  const auto tree = html::parse_fragment(safe.text());
  return html::text_of(tree.root());
}

std::size_t count_words(std::string_view text) {
  std::size_t words = 0;
  bool inside = false;
  for (const char c : text) {
    if (!is_space(c) && !inside) ++words;
    inside = !is_space(c);
  }
  return words;
}

std::string excerpt(std::string_view text, std::size_t words) {
  const std::string line = collapse_space(text);
  std::size_t at = 0;
  for (std::size_t seen = 0; seen < words; ++seen) {
    at = line.find(' ', at + (seen > 0 ? 1 : 0));
    if (at == std::string::npos) return line;
  }
  return line.substr(0, at) + "\xE2\x80\xA6";
}

std::string first_words(std::string_view text, std::size_t longest) {
  const std::string line = collapse_space(text);
  if (count_code_points(line) <= longest) return line;
  std::size_t at = 0, last_space = 0;
  for (std::size_t n = 0; n < longest && at < line.size(); ++n) {
    if (line[at] == ' ') last_space = at;
    next_code_point(line, at);
  }
  return line.substr(0, last_space > 0 ? last_space : at) + "\xE2\x80\xA6";
}

}  // namespace voice::content
