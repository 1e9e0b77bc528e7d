// views/letters.h - what the hub writes to people, as plain text and as HTML of one column without images or tracking.
#pragma once
#include <string>
#include <vector>

#include "views/page.h"

namespace voice::views {

struct LetterWords {
  std::string subject;
  std::vector<std::string> paragraphs;  ///< before the link
  Link link;                            ///< absolute address; empty text: none
  std::vector<std::string> after;       ///< behind the link
};

std::string letter_text(const LetterWords& words, const Frame& frame);
std::string letter_html(const Views& views, const LetterWords& words);

}  // namespace voice::views
