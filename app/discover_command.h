// app/discover_command.h - `voice discover`: which feeds a page offers, as JSON, best first.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "content/discovery.h"

namespace voice::app {

struct DiscoverOptions {
  std::string page;  ///< a file, or "-" for standard input
  std::string url;   ///< where the page came from; may be empty
};

/// What a document offers without asking anybody: itself where it is a feed, what its address tells, what its text names.
std::vector<content::FeedCandidate> feeds_offered(std::string_view bytes, std::string_view url);

/// Prints [{url, type, title, via}]. Exit code: 0 something was found; 1 nothing; 3 the file cannot be read.
int discover_command(const DiscoverOptions& options);

}  // namespace voice::app
