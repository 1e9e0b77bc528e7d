// content/excerpt.h - a post as plain text, and its first sentences.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "content/safe_html.h"

namespace voice::content {

/// The text a reader would see, blocks parted by line breaks, entities decoded. For search, excerpts and word counts.
std::string plain_text(const SafeHtml& html);

/// The first sentences of `text`, at most `words` words (or the like for languages written without spaces), cut at a
/// sentence where one ends in the second half, else at a word with an ellipsis. One line.
std::string excerpt(std::string_view text, std::size_t words = 60);

/// A title for a post that has none: its first words, at most `longest` code points. Empty for an empty text.
std::string first_words(std::string_view text, std::size_t longest = 80);

std::size_t count_words(std::string_view text);

}  // namespace voice::content
