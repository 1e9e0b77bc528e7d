// feeds/clean.h - text as XML 1.0 may hold it.
#pragma once
#include <string>
#include <string_view>

namespace voice::feeds {

/// The text without the characters that XML 1.0 (2.2) forbids: controls other than tab and line break, U+FFFE, U+FFFF.
/// Bytes that are no UTF-8 become U+FFFD. CR LF and CR become LF, as every XML reader would make of them.
std::string xml_clean(std::string_view text);

}  // namespace voice::feeds
