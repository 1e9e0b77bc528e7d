// feeds/write.h - Feed values become documents that other people's readers understand.
//
// Documents are built as trees and serialised, so nothing a stranger wrote can break out of its element. Characters that
// XML cannot hold are dropped. What we write we read back as the same values, as far as the format has words for them;
// Entry::source is kept in all three (atom:source, RSS <source>, `_voice.source`), because a rebroadcast without its
// origin is a theft.
#pragma once
#include <string>

#include "feeds/feed.h"

namespace voice::feeds {

struct WriteOptions {
  std::string css_url;    ///< stylesheet for people who open the XML in a browser; none where empty
  std::string generator;  ///< "LocalGov Digital Voice"; left out where empty
};

/// Atom (RFC 4287) with paging and archives (RFC 5005). The caller's duty: id, title and updated of the feed and of each
/// entry are set; what is missing all the same is replaced by the nearest true thing (the address, the newest date).
std::string write_atom(const Feed& feed, const WriteOptions& options = {});

/// RSS 2.0 with content:encoded, dc:creator (author is for e-mail addresses, which we don't publish) and atom:link.
std::string write_rss(const Feed& feed, const WriteOptions& options = {});

/// JSON Feed 1.1; what it has no name for stands in `_voice` objects.
std::string write_json_feed(const Feed& feed, const WriteOptions& options = {});

}  // namespace voice::feeds
