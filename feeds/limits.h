// feeds/limits.h - how much of a stranger's document we are willing to read.
//
// A tree node costs about 64 bytes and can be made of four ("<a/>"), so tags are counted before the tree is built.
#pragma once
#include <cstddef>

namespace voice::feeds {

/// The fetcher stops at 16 MB; a document from a file may be a little larger. The largest real feed met has 11 MB.
inline constexpr std::size_t kLongestDocument = std::size_t{64} << 20U;
/// Tags in one document. 20,000 entries of 20 elements are 800,000 tags.
inline constexpr std::size_t kMostTags = 2'000'000;
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

}  // namespace voice::feeds
