// content/excerpt.h - a post as plain text, and its first sentences.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "content/safe_html.h"

namespace voice::content {

/// The text a reader would see: character references decoded, white space as HTML shows it, a tab between the cells of a
/// row, a line break between blocks and a blank line between paragraphs.
std::string plain_text(const SafeHtml& html);

/// The first sentences of `text`, at most `words` words, on one line: cut after a sentence where one ends in the second
/// half of that, else after a word, with an ellipsis. Where a line or a cell ends without a mark that ends a sentence, a
/// middle dot stands between it and the next. What readers see as one character is never cut; for languages written without
/// spaces two Chinese characters or five Thai letters count as a word.
std::string excerpt(std::string_view text, std::size_t words = 60);

struct Summary {
  std::string excerpt;    ///< plain text on one line
  std::size_t words = 0;  ///< of the whole post
};

/// How a post is told of in a list: the first sentences of its paragraphs, at most `longest` words. Headings, lists, tables,
/// captions and code are told only of a post that has hardly a paragraph.
Summary summarise(const SafeHtml& html, std::size_t longest = 60);

/// Raised when summarise() tells of posts in another way: what is stored is then told again.
inline constexpr std::int64_t kSummaryVersion = 1;

/// A title for a post that has none: its first words on one line, at most `longest` code points with the ellipsis. Empty
/// for an empty text.
std::string first_words(std::string_view text, std::size_t longest = 80);

/// Words of `text` in that sense; counting stops at `enough`.
std::size_t count_words(std::string_view text, std::size_t enough = SIZE_MAX);

}  // namespace voice::content
