// fetcher/identity.h - which entry of a document is which stored one.
//
// An entry is known by its guid, else by its link, else by a hash of its title and text. Feeds make that harder: some give
// every item one guid (so a repeated guid is no guid), some flip between http and https, add tracking parameters, or make
// new guids at every request while the links stay. Whoever takes such an entry for a new one floods the river with old posts.
#pragma once
#include <string>
#include <vector>

#include "feeds/feed.h"
#include "store/feed_state.h"

namespace voice::fetcher {

struct Identified {
  std::size_t index = 0;  ///< which entry of the document
  std::string guid;       ///< that of the stored entry where it is known, else a new one; unique within the result
  std::string hash;       ///< content_fingerprint()
  bool known = false;
  bool changed = false;  ///< known, and its content is not what is stored
};

/// In document order; an entry that says twice the same is left out the second time.
std::vector<Identified> identify(const std::vector<feeds::Entry>& entries, const std::vector<store::KnownEntry>& known);

/// Changes when something changes that a reader could see; not with the guid, the scheme of the link or tracking parameters.
std::string content_fingerprint(const feeds::Entry& entry);

/// An id or link with http and https made one and tracking parameters dropped; other text as it is.
std::string folded(std::string_view id_or_link);

}  // namespace voice::fetcher
