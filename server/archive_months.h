// server/archive_months.h - the river as a chain of archive documents, one a London month (RFC 5005, section 4).
//
// A month's document holds what appeared in it: what we first saw then, or what was dated ahead and had its day then. By its
// place in the river a post could not be filed: a member who joins brings posts of years that are over, and an archive must
// keep. A month that brought very many posts (a hub that begins with a thousand blogs) is several documents, cut from its
// oldest post on, so that no reader and no server has to hold them all at once.
//
// Readers ask for an address of the chain once and never again (section 4.2), so no document may be linked that will hold
// more one day. What the running month has beyond its full documents is linked from the head as "the first 137 of it", which
// is another address, and a document that keeps as well, as soon as there are 138.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "store/db.h"
#include "store/river.h"

namespace voice::server {

using Month = std::chrono::year_month;

std::optional<Month> parse_month(std::string_view year, std::string_view month);  ///< "2026", "05"

/// One document of the chain.
struct ArchivePart {
  Month month;
  std::int64_t number = 1;  ///< in its month, from the oldest
  std::int64_t places = 0;  ///< only its first so many posts; 0: all, and it is full or its month over
  friend bool operator==(const ArchivePart&, const ArchivePart&) = default;
};
constexpr int kPostsInPart = 500;

/// `number` and `places` as in an address, empty where they are not in it. Nothing where the month has no such part (yet).
std::optional<ArchivePart> find_part(store::Reader& db, Month month, std::string_view number, std::string_view places,
                                     sys_seconds now);
/// The one that a head feed leads to.
std::optional<ArchivePart> newest_part(store::Reader& db, sys_seconds now);
std::optional<ArchivePart> part_before(store::Reader& db, const ArchivePart& part, sys_seconds now);

/// Newest first; none where all have been hidden since.
std::vector<store::RiverEntry> posts_of(store::Reader& db, const ArchivePart& part, sys_seconds now);
/// "/archive/2026/05.atom", "/archive/2026/05.atom?part=2", "/archive/2026/05.atom?part=3&posts=137".
std::string archive_path(const ArchivePart& part);

}  // namespace voice::server
