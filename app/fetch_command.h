// app/fetch_command.h - `voice fetch`: polls feeds now, once, and says what came of it; `voice feed`: one feed's history.
#pragma once
#include <cstdint>
#include <string>

#include "app/hub_files.h"

namespace voice::app {

struct FetchOptions {
  HubOptions hub;
  bool due = false;    ///< those that are due; the default
  bool all = false;    ///< every feed of an active blog; otherwise those that are due
  std::string feed;    ///< only this one, by address or number
  bool quiet = false;  ///< only the summary
};

/// Progress goes to standard error (a bar on a terminal, plain lines otherwise), the summary to standard output. A feed polled
/// within the floor, or told to wait, is left alone whoever asks, and counted as too soon.
/// Exit code: 0 done, also when some of many feeds failed; 1 there is no such feed, the one that was asked for failed, or
/// somebody stopped it; 3 settings or database, also where some feeds could not be stored.
int fetch_command(const FetchOptions& options);

struct FeedOptions {
  HubOptions hub;
  std::string feed;        ///< by number or address
  bool undo_move = false;  ///< give it the address back that it had before its last move
};

/// Prints what is known of one feed and what its refreshes brought, newest first.
/// Exit code: 0 done; 1 there is no such feed, or no move to undo; 3 settings or database.
int feed_command(const FeedOptions& options);

}  // namespace voice::app
