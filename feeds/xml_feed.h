// feeds/xml_feed.h - an XML tree becomes a Feed: RSS 0.90 to 2.0, RSS 1.0, Atom 0.3 and 1.0, CDF. Private to this room.
#pragma once
#include <string>

#include "base/result.h"
#include "feeds/feed.h"
#include "feeds/xml.h"

namespace voice::feeds {

struct XmlFeed {
  Feed feed;
  bool needs_spaces = false;  ///< read it again with Spaces::keep: text was found among elements
};

/// Errors: unsupported (XML, but no feed). The sentence says what it is instead.
Result<XmlFeed> feed_from_xml(const XmlTree& tree, const std::string& document_url);

}  // namespace voice::feeds
