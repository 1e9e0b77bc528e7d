// store/ingest.h - entries of one refresh go in: new ones added, changed ones changed, the rest untouched.
//
// The caller has decided which entry is which (`guid`) and made its HTML safe; this decides its place in the river, which
// is fixed when it is first stored: max(first_seen - 7 days, min(published, first_seen)). Edits never re-float it. What a
// feed held before it joined keeps its own date, so a back catalogue goes to the archive and not to the top. An entry
// dated in the future waits for its day. Part of the caller's transaction, with the feed's validators.
#pragma once
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "content/safe_html.h"
#include "feeds/feed.h"
#include "store/db.h"

namespace voice::store {

struct IncomingEntry {
  std::string guid;                     ///< unique within the feed; never empty
  std::string content_hash;             ///< fingerprint of the raw entry; same hash: nothing to do
  const feeds::Entry* entry = nullptr;  ///< everything but the body is taken from here
  content::SafeHtml body;
  std::string excerpt;  ///< plain text, one line
  std::int64_t words = 0;
};

struct IngestCounts {
  int added = 0;
  int changed = 0;
  int unchanged = 0;
};

/// guid and content_hash of every entry stored for a feed, to skip what is known before sanitising it.
std::unordered_map<std::string, std::string> known_hashes(Reader& db, FeedId feed);

/// `back_catalogue`: this is the feed's first refresh that worked. Bumps the change number only when something changed.
IngestCounts ingest(Writer& db, FeedId feed, const std::vector<IncomingEntry>& entries, bool back_catalogue,
                    sys_seconds now);

/// Where an entry stands in the river.
sys_seconds river_place(std::optional<sys_seconds> published, sys_seconds first_seen, bool back_catalogue);

/// Writes the names of people as a byline: "A", "A and B", "A, B and C". People without a name are left out.
std::string byline(const std::vector<feeds::Person>& authors);

/// How many posts of a blog are shown and when its last one came, counted anew: for whoever changes which are shown.
void refresh_counts(Writer& db, BlogId blog, sys_seconds now);

}  // namespace voice::store
