// fetcher/poller.h - polls every feed that is due, for as long as it is let.
//
// One job drives all transfers, a few read and sanitise what came back, one writes: entries, validators and the time of the
// next poll are one transaction, so a process killed at any moment has either all of a refresh or none of it. The poller
// starts no threads: whoever owns it runs each of jobs() on one. Asked to stop, it drops transfers under way (they are still
// due the next time), stores what has been read, and ends within a few seconds.
//
//   Poller poller({.database = db, .settings = settings, .clock = clock, .chance = tokens, .log = log});
//   std::vector<std::jthread> threads;
//   for (auto& job : poller.jobs()) threads.emplace_back(job);
#pragma once
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/log.h"
#include "base/tokens.h"
#include "config/settings.h"
#include "fetcher/host_limiter.h"
#include "fetcher/http_client.h"
#include "fetcher/push_inbox.h"
#include "store/db.h"

namespace voice::fetcher {

/// What has been done since the poller was made. Every refresh is counted once, when it is stored.
struct PollFigures {
  std::int64_t feeds = 0;         ///< refreshes begun or in line
  std::int64_t done = 0;          ///< of them, stored
  std::int64_t changed = 0;       ///< brought something
  std::int64_t not_modified = 0;  ///< 304
  std::int64_t unchanged = 0;     ///< 200 without news
  std::int64_t failed = 0;
  std::int64_t too_soon = 0;  ///< asked for, but polled within the floor or told to wait
  std::int64_t pushed = 0;    ///< documents that hubs pushed, stored; counted nowhere else
  std::int64_t entries_added = 0;
  std::int64_t entries_changed = 0;
  std::int64_t wire_bytes = 0;
  std::int64_t in_line = 0;  ///< waiting for their host
  std::int64_t in_flight = 0;
  std::int64_t to_read = 0;   ///< came back, not read yet
  std::int64_t to_write = 0;  ///< read, not stored yet
};

struct FailedRefresh {
  FeedId feed;
  std::string url;
  std::string sentence;
  std::string hint;
};

/// Why somebody wants a feed looked at now. A person waits for the floor, a hub's ping for a minute.
enum class PokeReason { person, push };

class Poller {
 public:
  struct Parts {
    store::Database& database;
    const config::Settings& settings;
    Clock& clock;
    TokenSource& chance;  ///< used from several threads
    Log& log;
    std::unique_ptr<HttpClient> client = {};  ///< empty: libcurl, as the settings say
    HostLimiter::Rules manners = {};
    PushInbox* pushed = nullptr;  ///< where documents that hubs pushed wait; nullptr: there are none
    /// Called from the writing job after a commit that changed what is shown.
    std::function<void()> on_news = {};
  };

  /// Throws std::invalid_argument with one line for the operator where the settings make no client.
  explicit Poller(Parts parts);
  ~Poller();
  Poller(const Poller&) = delete;
  Poller& operator=(const Poller&) = delete;

  /// To be run side by side, each on its own thread, once. All end when each is asked to stop.
  std::vector<std::function<void(std::stop_token)>> jobs();

  /// Before the jobs run: poll these feeds once, then end by itself. Nothing else is polled.
  void only_once(std::vector<FeedId> feeds);

  /// Polls a feed as soon as manners allow. From any thread.
  void poke(FeedId feed, PokeReason reason = PokeReason::person);

  PollFigures figures() const;
  /// Failures since the poller was made, at most 1,000.
  std::vector<FailedRefresh> failures() const;

 private:
  class Work;
  std::unique_ptr<Work> work_;
};

}  // namespace voice::fetcher
