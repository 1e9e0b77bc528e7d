#include "feeds/limits.h"

namespace voice::feeds {

bool has_room(Feed& feed) {
  static_assert(kMostEntries == 20'000);  // as the sentence says
  static constexpr char kTooMany[] = "The feed has more than 20,000 entries; those after them were not read";
  if (feed.entries.size() < kMostEntries) return true;
  if (feed.warnings.empty() || feed.warnings.back() != kTooMany) feed.warnings.emplace_back(kTooMany);
  return false;
}

}  // namespace voice::feeds
