// fetcher/feed_finder.h - from the address somebody pasted to feeds that answer.
//
// content/discovery.h says where feeds may be; here each candidate is asked for, one at a time, until enough are known.
// What is not there, or is no feed, is left out, so whoever chooses chooses among feeds that work.
#pragma once
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "content/discovery.h"
#include "fetcher/http_client.h"
#include "fetcher/page.h"

namespace voice::fetcher {

struct FoundFeeds {
  std::string page_url;  ///< what was read in the end, after redirects
  /// Best first, comment feeds last, each of them answered with a feed; `url` is where it answered. Via "self" where the
  /// address is a feed itself. Empty where there is none.
  std::vector<content::FeedCandidate> feeds;
};

/// `address` as a person writes it: "example.uk", "feed://...", with spaces around. At most 12 requests, one after the
/// other, robots.txt among them before addresses are guessed; `client` must have nothing else under way. Fails where the page itself cannot be read.
std::variant<FoundFeeds, Failure> find_feeds(HttpClient& client, std::string_view address, std::string_view user_agent);

/// The http(s) addresses an address that somebody typed can mean, likeliest first; empty for what is none.
std::vector<std::string> addresses_meant(std::string_view typed);

}  // namespace voice::fetcher
