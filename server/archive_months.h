// server/archive_months.h - the river as a chain of archive documents, one a London month (RFC 5005, section 4).
//
// A month's document holds what appeared in it: what we first saw then, or what was dated ahead and had its day then. By its
// place in the river a post could not be filed: a member who joins brings posts of years that are over, and an archive must
// keep. So a month is complete when it is over, a back catalogue is in the month it came in, and every post is in exactly
// one document. A month that brought very many posts (a hub that begins with a thousand blogs) is several documents, cut
// from its oldest post on, so that no reader and no server has to hold them all at once.
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
sys_seconds start_of(Month month);                                                ///< its first instant in London
/// Nothing can appear in it any more.
bool is_over(Month month, sys_seconds now);

/// One document of the chain.
struct ArchivePart {
  Month month;
  std::int64_t number = 1;  ///< in its month, from the oldest
  friend bool operator==(const ArchivePart&, const ArchivePart&) = default;
};
constexpr int kPostsInPart = 500;

/// `number` as in an address: empty for the first part. Nothing where the month has no such part (yet).
std::optional<ArchivePart> find_part(store::Reader& db, Month month, std::string_view number, sys_seconds now);
std::optional<ArchivePart> newest_part(store::Reader& db, sys_seconds now);
std::optional<ArchivePart> part_before(store::Reader& db, const ArchivePart& part, sys_seconds now);
std::optional<ArchivePart> part_after(store::Reader& db, const ArchivePart& part, sys_seconds now);

/// Newest first; none where all have been hidden since.
std::vector<store::RiverEntry> posts_of(store::Reader& db, const ArchivePart& part, sys_seconds now);
std::string archive_path(const ArchivePart& part);  ///< "/archive/2026/05.atom", "/archive/2026/05.atom?part=2"

}  // namespace voice::server
