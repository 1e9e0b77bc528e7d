// feeds/charset_labels.h - what charset labels mean. Private to this room.
#pragma once
#include <string_view>

namespace voice::feeds {

struct CharsetLabel {
  std::string_view label;  ///< lower case
  std::string_view name;   ///< WHATWG name, lower case
  const char* iconv;       ///< for iconv_open
};

/// The meaning of a label, case and spaces around it aside; null where nobody defined it.
const CharsetLabel* find_charset(std::string_view label);

}  // namespace voice::feeds
