#include "feeds/xml.h"

#include <algorithm>

#include "feeds/limits.h"

namespace voice::feeds {

pugi::xml_node XmlTree::root() const { return document.document_element(); }

Result<Done> read_xml(std::string text, Spaces spaces, XmlTree& tree) {
  if (text.size() > kLongestDocument)
    return Error{ErrorCode::too_large, "the document is larger than 64 MB, more than we read of any feed"};
  const auto tags = static_cast<std::size_t>(std::count(text.begin(), text.end(), '<'));
  if (tags > kMostTags) return Error{ErrorCode::too_large, "the document has more than two million tags"};
  tree.text = std::move(text);
  unsigned flags = pugi::parse_cdata;
  if (spaces == Spaces::keep) flags |= pugi::parse_ws_pcdata;
  const auto outcome = tree.document.load_buffer_inplace(tree.text.data(), tree.text.size(), flags, pugi::encoding_utf8);
  if (!outcome || !tree.root()) return Error{ErrorCode::malformed, "the document is not XML"};
  return Done{};
}

}  // namespace voice::feeds
