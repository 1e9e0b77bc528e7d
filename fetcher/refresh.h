// fetcher/refresh.h - what one answer means for a feed: the entries to store and everything to remember.
//
// Two steps, so that the costly one needs no lock: digest() reads the document, tells known entries from new ones and
// sanitises only what is new or changed; commit() writes all of it in the caller's transaction. A body whose hash is known is
// not parsed. Nothing of a body that was no feed, or that stops in the middle, reaches the stored entries or validators.
//
// What a hub pushes goes the same way as far as its entries go. It says nothing about the feed's own address, so validators,
// pacing and failures stay as polls left them.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "fetcher/outcome.h"
#include "fetcher/push_inbox.h"
#include "store/feed_state.h"
#include "store/ingest.h"
#include "store/push.h"

namespace voice::fetcher {

/// Raised when feeds/ learns to read more: bodies that were refused before are then looked at again.
inline constexpr std::int64_t kParserVersion = 1;

struct Refreshed {
  store::FeedState state;  ///< as it is to be
  std::string read_as;     ///< the feed's address when the refresh began
  sys_seconds at{};
  store::FetchOutcome outcome = store::FetchOutcome::unchanged;
  std::optional<Failure> failure;
  int status = 0;
  std::int64_t wire_bytes = 0;
  std::int64_t took_ms = 0;
  std::unique_ptr<feeds::Feed> feed;          ///< what `entries` points into
  std::vector<store::IncomingEntry> entries;  ///< new and changed ones only
  std::size_t entries_seen = 0;
  bool back_catalogue = false;
  std::string move_reason;                  ///< set: the subscription moves to state.url
  std::string paused_host;                  ///< set: this host asked to be left alone ...
  std::optional<sys_seconds> paused_until;  ///< ... until then
  bool gone = false;                        ///< 410 twice: the blog is to be marked
  std::optional<store::NewPush> hub;        ///< a WebSub hub that we are not subscribed at yet
  bool hub_withdrawn = false;               ///< there was one, and it is offered no more
  std::optional<std::string> cloud;         ///< the document names another rssCloud than before; empty: none
  bool hub_silent = false;                  ///< it had not told of the news that this poll found
  bool pushed = false;                      ///< by a hub, not polled
  std::optional<seconds> hint_after;        ///< a push that only says that there is news: so long after the last poll
  std::string error_before;                 ///< the class of the failure that this refresh found
  store::IngestCounts counts;               ///< filled by commit()
};

struct RefreshRules {
  PacingRules pacing;
  bool may_push = false;  ///< whether hubs are of use to us
};

/// Reads, identifies, sanitises. Thread-safe as long as each thread brings its own Reader.
Refreshed digest(store::Reader& db, store::FeedState state, Trip trip, sys_seconds now, const RefreshRules& rules,
                 TokenSource& chance);

/// As digest(), of what a hub pushed for the feed. A push without a readable feed in it is a hint: commit() makes the feed due.
Refreshed digest_push(store::Reader& db, store::FeedState state, PushedDocument document, sys_seconds now,
                      const RefreshRules& rules, TokenSource& chance);

/// Stores it. False where the feed is gone or has another address by now: then nothing is stored.
bool commit(store::Writer& db, Refreshed& refreshed);

}  // namespace voice::fetcher
