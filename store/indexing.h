// store/indexing.h - what readers find posts by is made from each post after it is stored.
//
// Ingest only stores; this gives a post its words for search, its topics, organisations and people, its links and its
// conversation, and can do so again: an entry whose indexed_at is NULL waits for it. It lags ingest by about a second and
// never holds the writer for more than a batch.
#pragma once
#include <stop_token>

#include "store/db.h"
#include "store/topics.h"

namespace voice::store {

/// Raised when indexing finds something else in the same post: whatever is stored is then indexed anew.
inline constexpr std::int64_t kIndexVersion = 2;

/// Brings the program's own topics and councils into the database, and queues every post where they or the rules of indexing
/// have changed since. Once at the start; cheap when there is nothing to do.
void seed_reading(Writer& db);

/// Indexes up to `limit` waiting entries, oldest stored first, and returns how many it took. A batch of 100 takes some tens
/// of milliseconds of the writer's time.
int index_pending(Writer& db, const TopicRules& rules, sys_seconds now, int limit);

/// Everything that waits, batch by batch, each its own transaction. Returns how many; ends early when asked to stop.
int index_all(Database& database, const Clock& clock, std::stop_token stop = {});

/// Seeds, renews summaries, then indexes whatever waits and tidies the index, looking once a second, until asked to stop. For
/// a thread of its own.
void keep_indexed(Database& database, const Clock& clock, std::stop_token stop);

}  // namespace voice::store
