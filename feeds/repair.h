// feeds/repair.h - broken XML becomes XML that says the same. Private to this room.
//
// What pugixml refuses is read again here as a browser reads HTML: tags are taken as they come and the tree is made to
// fit. The result is text, not a tree, so that there is one way from XML to values whether the document was broken or not.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace voice::feeds {

struct RepairedXml {
  std::string text;                   ///< accepted by pugixml; no declaration, doctype, comments or instructions
  std::vector<std::string> warnings;  ///< what was mended, a sentence each, with the line of its first occurrence
};

/// Mends tags that are unclosed, crossed or cut off, attributes without quotes, and a '<' that begins no tag. Elements
/// deeper than kDeepest lose their tags and keep their text. Linear in time; repairing the result changes nothing.
RepairedXml repair_xml(std::string_view text);

}  // namespace voice::feeds
