// store/summaries.h - how stored posts are told of in lists, made again when a new version tells of posts in another way.
//
// Ingest stores what content::summarise() says. Feeds drop old posts and answer 304 for the rest, so a better rule reaches
// what is stored from the stored bodies or not at all.
#pragma once
#include <stop_token>

#include "store/db.h"

namespace voice::store {

/// Summarises every stored post anew where that was last done by an older content::kSummaryVersion, and queues for indexing
/// those that changed. A transaction for each batch of some hundred; stopped in the middle, the next call starts over.
void renew_summaries(Database& database, const std::stop_token& stop);

}  // namespace voice::store
