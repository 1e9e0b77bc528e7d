// store/poll_sums.h - what polling costs and brings, and how far behind it is: for /metrics and the page about our fetcher.
#pragma once
#include <chrono>
#include <cstdint>

#include "store/db.h"

namespace voice::store {

/// Feeds of active blogs, each counted in one of well, failing, never_answered; the rest beside.
struct FeedCounts {
  std::int64_t well = 0;
  std::int64_t failing = 0;
  std::int64_t never_answered = 0;   ///< not polled yet
  std::int64_t stopped = 0;          ///< of any blog: nothing will poll them by itself
  std::int64_t due = 0;              ///< among the first three, waiting for their turn
  std::chrono::seconds lag{0};       ///< how long the longest of those waits
  std::int64_t with_hub = 0;         ///< an active WebSub subscription
  std::int64_t hub_subscribers = 0;  ///< of our own feeds
};
FeedCounts feed_counts(Reader& db, sys_seconds now);

/// What polls cost and brought.
struct PollSums {
  std::int64_t polls = 0;
  std::int64_t not_modified = 0;
  std::int64_t unchanged = 0;
  std::int64_t changed = 0;
  std::int64_t failed = 0;
  std::int64_t wire_bytes = 0;
  std::int64_t took_ms = 0;
  std::int64_t entries_added = 0;

  double not_modified_share() const {
    return polls > 0 ? static_cast<double>(not_modified) / static_cast<double>(polls) : 0;
  }
};
void add_to_day(Writer& db, sys_seconds at, const PollSums& sums);
/// Whole UTC days since then, today included.
PollSums poll_sums(Reader& db, sys_seconds since);

}  // namespace voice::store
