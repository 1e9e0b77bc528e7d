// content/excerpt.h - a post as plain text, and its first sentences.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "content/safe_html.h"

namespace voice::content {

/// The text a reader would see: character references decoded, white space as HTML shows it, a line break between blocks and
/// a blank line between paragraphs. For search, excerpts and word counts.
std::string plain_text(const SafeHtml& html);

/// The first sentences of `text`, at most `words` words, on one line: cut after a sentence where one ends in the second
/// half of that, else after a word, with an ellipsis. What readers see as one character is never cut; for languages
/// written without spaces two Chinese characters or five Thai letters count as a word.
std::string excerpt(std::string_view text, std::size_t words = 60);

/// A title for a post that has none: its first words on one line, at most `longest` code points with the ellipsis. Empty
/// for an empty text.
std::string first_words(std::string_view text, std::size_t longest = 80);

std::size_t count_words(std::string_view text);

}  // namespace voice::content
