// store/feed_state.h - what the fetcher remembers about a feed from one poll to the next.
//
// All of it survives restarts: validators as the bytes they came as, pacing, back-off, a redirect being watched. It is
// committed in the same transaction as the entries it speaks for, so a validator never claims entries that were lost.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/db.h"

namespace voice::store {

struct FeedState {
  FeedId id;
  BlogId blog;
  std::string url;
  std::string title;
  std::string self_url;
  std::string format;
  std::string document_id;  ///< atom:id of the feed

  std::string etag;            ///< raw bytes; empty: none
  std::string last_modified;   ///< raw bytes
  std::string validators_url;  ///< where they came from; empty: url
  std::string body_hash;
  std::string rejected_etag;  ///< of a body that was no feed
  std::string rejected_last_modified;
  std::string rejected_hash;
  std::int64_t rejected_by = 0;  ///< version of the parser that refused it

  std::chrono::seconds interval{3600};
  std::chrono::seconds hint{0};  ///< the longest of ttl and updatePeriod
  std::uint32_t skip_hours = 0;
  std::uint8_t skip_days = 0;
  std::optional<sys_seconds> newest_post;
  std::int64_t body_bytes = 0;

  int last_status = 0;
  std::optional<sys_seconds> last_fetch;
  std::optional<sys_seconds> last_success;
  std::optional<sys_seconds> next_fetch;
  std::optional<sys_seconds> wait_until;

  std::int64_t failures = 0;
  std::optional<sys_seconds> failing_since;
  std::string error_class;
  std::string error_text;
  std::string error_hint;

  std::string move_to;
  std::int64_t move_count = 0;
  std::optional<sys_seconds> move_since;
  std::int64_t quiet_polls = 0;
  std::optional<sys_seconds> quiet_since;

  std::optional<sys_seconds> push_until;  ///< a WebSub hub tells us of news until then; only read
  std::optional<sys_seconds> last_push;   ///< when it last did; only read
};

/// A feed whose turn it is, as little as is needed to order them.
struct DueFeed {
  FeedId id;
  std::string url;
  sys_seconds due{};
};

/// Feeds of active blogs that are due by `now`, longest overdue first.
std::vector<DueFeed> due_feeds(Reader& db, sys_seconds now, int limit);
/// Every feed of an active blog, due or not; `due` is when it would be.
std::vector<DueFeed> all_feeds(Reader& db);
/// When the next feed is due; nothing where none ever is.
std::optional<sys_seconds> next_due(Reader& db);

std::optional<FeedState> read_feed_state(Reader& db, FeedId feed);
/// Writes what `state` says, unless the feed's address was changed meanwhile (then: false). `read_as` is the address that
/// the state was read under; state.url may be a new one. A feed whose blog is not active gets no next fetch.
bool save_feed_state(Writer& db, const FeedState& state, std::string_view read_as);

/// After the hub was down for longer than feeds' intervals they are all due; spreads those over `span` so that they don't
/// all leave in the same minute. Feeds never fetched stay due at once. Returns how many were moved.
std::int64_t spread_overdue(Writer& db, sys_seconds now, std::chrono::seconds span);

/// Somebody says that there is news: the feed becomes due, but not sooner than `rest` after its last poll, nor before the
/// server's Retry-After. False where nothing changes, as for feeds that are not polled.
bool make_due(Writer& db, FeedId feed, sys_seconds now, std::chrono::seconds rest);
/// The feed with this address, or else the one of the blog with this home page; http or https, www. or not.
std::optional<FeedId> find_feed_of(Reader& db, std::string_view feed_or_home_url);

/// What a feed's document says about its blog, where nobody has said it yet.
struct BlogGaps {
  std::string home_url;
  std::string description;
  std::string language;
};
void fill_blog_gaps(Writer& db, BlogId blog, const BlogGaps& gaps);

/// One entry that is stored, as far as it takes to know it again.
struct KnownEntry {
  std::string guid;
  std::string original_id;
  std::string url;
  std::string content_hash;
};
std::vector<KnownEntry> known_entries(Reader& db, FeedId feed);

// --- history -----------------------------------------------------------------------------------------------------------

enum class FetchOutcome { changed, unchanged, failed, moved, pushed };
std::string_view name_of(FetchOutcome outcome);

struct HistoryLine {
  sys_seconds at{};
  std::string outcome;
  int status = 0;
  std::string error_class;
  std::string sentence;
  std::int64_t wire_bytes = 0;
  std::int64_t body_bytes = 0;
  std::int64_t took_ms = 0;
  std::int64_t added = 0;
  std::int64_t changed = 0;
  std::int64_t quiet_before = 0;  ///< polls without news between the line before and this one
};

/// Adds a line and forgets all but the newest 100 of that feed.
void add_history(Writer& db, FeedId feed, const HistoryLine& line);
/// Newest first.
std::vector<HistoryLine> fetch_history(Reader& db, FeedId feed, int limit = 100);

// --- moves -------------------------------------------------------------------------------------------------------------

struct FeedMove {
  std::int64_t id = 0;
  FeedId feed;
  sys_seconds at{};
  std::string from_url;
  std::string to_url;
  std::string reason;
  std::optional<sys_seconds> recheck;
  std::optional<sys_seconds> undone;
};

/// How many feeds of different hosts moved to `host` since then.
std::int64_t moves_to_host(Reader& db, std::string_view host, sys_seconds since);
/// The feed that already has this address, other than `feed`.
std::optional<FeedId> other_feed_at(Reader& db, std::string_view url, FeedId feed);
/// Writes the move down and makes the old address lead to the new one for whoever linked to it.
void record_move(Writer& db, const FeedMove& move, std::string_view from_host, std::string_view to_host);
std::vector<FeedMove> moves_of(Reader& db, FeedId feed);
/// Moves whose old address is to be asked again by `now`.
std::vector<FeedMove> moves_to_recheck(Reader& db, sys_seconds now, int limit);
void set_recheck(Writer& db, std::int64_t move, std::optional<sys_seconds> at);
/// Gives the feed its address from before the move back, without validators, due at once. False where it was undone before
/// or the feed has another address by now.
bool undo_move(Writer& db, std::int64_t move, sys_seconds now);

// --- hosts that asked to wait --------------------------------------------------------------------------------------------

struct HostPause {
  std::string host;
  sys_seconds until{};
};
std::vector<HostPause> host_pauses(Reader& db, sys_seconds now);
void pause_host(Writer& db, std::string_view host, sys_seconds until);

}  // namespace voice::store
