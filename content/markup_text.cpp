#include "content/markup_text.h"

#include <algorithm>

#include "base/character_references.h"
#include "base/text.h"
#include "content/html_tags.h"

namespace voice::content {
namespace {

// Elements whose content is never for reading.
bool is_unread(html::Tag tag) {
  return tag == html::Tag::script || tag == html::Tag::style || tag == html::Tag::title || tag == html::Tag::iframe ||
         tag == html::Tag::noframes || tag == html::Tag::noembed;
}

// Where the tag that begins at `at` ends, past its '>'. A '>' in quotes does not count.
std::size_t end_of_tag(std::string_view text, std::size_t at) {
  char quote = 0;
  bool after_equals = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '>') {
      return at + 1;
    } else if ((c == '"' || c == '\'') && after_equals) {
      quote = c;
    }
    if (!is_space(c)) after_equals = c == '=';
  }
  return text.size();
}

// Past the end tag of `name`, or the end of the text.
std::size_t end_of_element(std::string_view text, std::size_t at, std::string_view name) {
  for (;;) {
    at = text.find("</", at);
    if (at == std::string_view::npos) return text.size();
    if (starts_with_ignoring_case(text.substr(at + 2), name)) return end_of_tag(text, at);
    at += 2;
  }
}

}  // namespace

std::string text_of_markup(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '&') {
      decode_reference(text, at, out);
      continue;
    }
    if (text[at] != '<') {
      const auto begin = at;
      while (at < text.size() && text[at] != '<' && text[at] != '&') ++at;
      out += text.substr(begin, at - begin);
      continue;
    }
    const char c = at + 1 < text.size() ? text[at + 1] : ' ';
    if (c == '!' || c == '?') {
      const bool comment = text.substr(at).starts_with("<!--");
      const auto end = comment ? text.find("-->", at + 4) : text.find('>', at);
      at = end == std::string_view::npos ? text.size() : end + (comment ? 3 : 1);
    } else if (is_alpha(c) || c == '/') {
      auto begin = at + (c == '/' ? 2 : 1), end = begin;
      while (end < text.size() && end - begin < 16 && (is_alpha(text[end]) || is_digit(text[end]))) ++end;
      const auto name = to_ascii_lower(text.substr(begin, end - begin));
      const auto tag = html::tag_named(name);
      if (html::ends_paragraph(tag) || tag == html::Tag::br || html::is_cell(tag)) out += '\n';
      at = end_of_tag(text, at);
      if (c != '/' && is_unread(tag)) at = end_of_element(text, at, name);
    } else {
      out += '<';
      ++at;
    }
  }
  return out;
}

}  // namespace voice::content
