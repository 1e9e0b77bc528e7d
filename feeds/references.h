// feeds/references.h - &amp; and its kind. Private to this room.
//
// XML has five named references; feeds use HTML's 2,125, declared or not, because their authors think in HTML.
#pragma once
#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace voice::feeds {

/// What a document declares for itself: <!ENTITY name "text">. Values are plain text.
using DeclaredEntities = std::map<std::string, std::string, std::less<>>;

/// What was met while decoding that XML does not allow.
struct ReferenceFaults {
  bool bare_ampersand = false;  ///< "a & b"; kept as text
  bool html_entity = false;     ///< &nbsp; without a declaration; decoded
  std::size_t expanded = 0;     ///< bytes that declared entities have added so far
};

/// Appends the text with its references decoded. Broken references stay as they are; so does everything that is declared
/// once the declared entities have added kLongestExpansion, which `faults` counts.
void append_decoded(std::string& out, std::string_view raw, const DeclaredEntities* declared = nullptr,
                    ReferenceFaults* faults = nullptr);

std::string decode_references(std::string_view raw);

}  // namespace voice::feeds
