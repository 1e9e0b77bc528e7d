// feeds/limits.h - how much of a stranger's document we are willing to read.
//
// A tree node costs about 64 bytes and can be made of four ("<a/>"), an entry costs a kilobyte and can be made of seven
// ("<item/>"): so tags are counted before the tree is built, and entries as they are read.
#pragma once
#include <cstddef>

#include "feeds/feed.h"

namespace voice::feeds {

/// The fetcher stops at 16 MB; a document from a file may be a little larger. The largest real feed met has 11 MB.
inline constexpr std::size_t kLongestDocument = std::size_t{64} << 20U;
/// Entries of one document; the most met in the wild is 5,000, a whole archive in one file.
inline constexpr std::size_t kMostEntries = 20'000;
/// Tags of one document, or values where it is JSON. The densest that mean something, short categories and the addresses
/// of a sitemap, take eleven bytes a tag.
constexpr std::size_t most_tags(std::size_t document_bytes) { return 200'000 + document_bytes / 8; }
/// Elements inside one another. HTML in XHTML content reaches 30 in the wild.
inline constexpr int kDeepest = 256;
/// Tags, authors or enclosures of one entry: each is compared with those before it. The most met is 60.
inline constexpr std::size_t kMostOfAKind = 256;
/// Namespaces bound at one place; an element's prefix is looked up among them.
inline constexpr std::size_t kMostNamespaces = 256;
/// What the entities declared in a document may add to it, all uses together.
inline constexpr std::size_t kLongestExpansion = std::size_t{64} << 10U;
/// A title or a name longer than this is cut: it is a mistake or an attack.
inline constexpr std::size_t kLongestLine = std::size_t{8} << 10U;

/// Whether `feed` may have one more entry. The first that may not is noted in its warnings.
bool has_room(Feed& feed);

}  // namespace voice::feeds
