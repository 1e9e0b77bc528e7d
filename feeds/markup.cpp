#include "feeds/markup.h"

#include "base/text.h"
#include "feeds/references.h"

namespace voice::feeds {
namespace {

// Where the tag that begins at `at` ends (one past '>'), or npos where '<' begins no tag.
std::size_t tag_end(std::string_view html, std::size_t at) {
  const char next = at + 1 < html.size() ? html[at + 1] : ' ';
  if (html.substr(at).starts_with("<!--")) {
    if (const auto end = html.find("-->", at + 4); end != std::string_view::npos) return end + 3;
  }
  const bool closing = next == '/' && at + 2 < html.size() && is_alpha(html[at + 2]);
  if (!is_alpha(next) && !closing && next != '!' && next != '?') return std::string_view::npos;
  char quote = '\0';
  for (std::size_t i = at + 1; i < html.size(); ++i) {
    const char c = html[i];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '>') {
      return i + 1;
    } else if ((c == '"' || c == '\'') && html[i - 1] == '=') {
      quote = c;
    }
  }
  const auto end = html.find('>', at);
  return end == std::string_view::npos ? end : end + 1;
}

bool is_hidden_element(std::string_view tag) {
  return starts_with_ignoring_case(tag, "<script") || starts_with_ignoring_case(tag, "<style");
}

// A tag that parts words: everything but the inline elements that stand inside them.
bool parts_words(std::string_view tag) {
  tag.remove_prefix(tag.starts_with("</") ? 2 : 1);
  static constexpr std::string_view kBlocks[] = {"br", "p",  "div", "li", "ul", "ol", "td",
                                                 "tr", "h1", "h2",  "h3", "h4", "hr"};
  std::size_t n = 0;
  while (n < tag.size() && (is_alpha(tag[n]) || is_digit(tag[n]))) ++n;
  for (const auto block : kBlocks)
    if (equals_ignoring_case(tag.substr(0, n), block)) return true;
  return false;
}

std::string without_tags(std::string_view html) {
  std::string out;
  out.reserve(html.size());
  std::size_t at = 0;
  bool may_end = true;  // false once an unclosed '<' was met: nothing after it can be closed either
  while (at < html.size()) {
    const auto open = html.find('<', at);
    out += html.substr(at, open - at);
    if (open == std::string_view::npos) break;
    const auto end = may_end ? tag_end(html, open) : std::string_view::npos;
    if (end == std::string_view::npos && html.substr(open).starts_with("<!--")) break;  // a comment to the end
    if (end == std::string_view::npos) {
      may_end = may_end && html.find('>', open) != std::string_view::npos;
      out += '<';
      at = open + 1;
      continue;
    }
    const auto tag = html.substr(open, end - open);
    at = end;
    if (parts_words(tag)) out += ' ';
    if (!is_hidden_element(tag)) continue;
    const auto close = find_ignoring_case(html, tag[2] == 'c' || tag[2] == 'C' ? "</script" : "</style", at);
    if (close == std::string_view::npos) break;
    at = close;
  }
  return out;
}

}  // namespace

std::string line_of_html(std::string_view html) {
  if (html.find('<') == std::string_view::npos && html.find('&') == std::string_view::npos) return collapse_space(html);
  return collapse_space(decode_references(without_tags(html)));
}

bool looks_like_html(std::string_view text) {
  for (auto at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1))
    if (at + 1 < text.size() && (is_alpha(text[at + 1]) || text[at + 1] == '/')) return true;
  const auto amp = text.find('&');
  return amp != std::string_view::npos && text.find(';', amp) != std::string_view::npos;
}

std::string html_of_text(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 16);
  for (;;) {
    const auto special = text.find_first_of("&<>");
    out += text.substr(0, special);
    if (special == std::string_view::npos) return out;
    out += text[special] == '&' ? "&amp;" : text[special] == '<' ? "&lt;" : "&gt;";
    text.remove_prefix(special + 1);
  }
}

bool unescape_twice_escaped(std::string& html) {
  if (html.find('<') != std::string::npos) return false;
  if (!trim(html).starts_with("&lt;")) return false;
  // One escaped element may be a post about HTML; links, pictures, breaks or several paragraphs are not.
  const auto has = [&](std::string_view mark, std::size_t from = 0) {
    return html.find(mark, from) != std::string::npos;
  };
  const auto paragraph = html.find("&lt;/p&gt;");
  const bool several = paragraph != std::string::npos && has("&lt;/p&gt;", paragraph + 1);
  if (!several && !has("&lt;a href=") && !has("&lt;img ") && !has("&lt;br")) return false;
  html = decode_references(html);
  return true;
}

}  // namespace voice::feeds
