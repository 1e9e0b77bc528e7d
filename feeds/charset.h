// feeds/charset.h - bytes become UTF-8.
//
// The order is RFC 7303's: byte order mark, charset parameter of the Content-Type header, XML declaration, UTF-8. Labels
// mean what the WHATWG encoding standard says they mean ("latin1" is windows-1252), because that is what their authors
// saw in their browsers. A label that the bytes contradict is not believed: text that is valid UTF-8 with letters outside
// ASCII is practically never anything else.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace voice::feeds {

struct DecodedText {
  std::string text;                   ///< valid UTF-8 without a byte order mark
  std::string encoding;               ///< what the bytes were in: WHATWG name, lower case
  bool clean = true;                  ///< false where bytes meant nothing in that encoding and became U+FFFD
  std::vector<std::string> warnings;  ///< sentences a blogger can act on
};

/// Decodes a document. `content_type` is the HTTP header's value and may be empty.
DecodedText to_utf8(std::string_view bytes, std::string_view content_type);

/// The WHATWG name (lower case) of the encoding a label stands for, or empty where there is no such label.
std::string_view encoding_for_label(std::string_view label);

/// The charset parameter of a Content-Type value, without quotes; empty where there is none.
std::string_view charset_parameter(std::string_view content_type);

}  // namespace voice::feeds
