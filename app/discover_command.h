// app/discover_command.h - `voice discover`: which feeds a page offers, as JSON, best first.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "app/hub_files.h"
#include "content/discovery.h"

namespace voice::app {

struct DiscoverOptions {
  HubOptions hub;    ///< for an address: which networks may be reached
  std::string page;  ///< an address, a file, or "-" for standard input
  std::string url;   ///< where a file came from; may be empty
};

/// What a document offers without asking anybody: itself where it is a feed, what its address tells, what its text names.
std::vector<content::FeedCandidate> feeds_offered(std::string_view bytes, std::string_view url);

/// Prints [{url, type, title, via}]. Of a file, what it names; of an address, the feeds that answered. Exit code: 0 something
/// was found; 1 nothing, or the page could not be had; 3 the file or the settings cannot be read.
int discover_command(const DiscoverOptions& options);

}  // namespace voice::app
