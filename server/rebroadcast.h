// server/rebroadcast.h - a view of the river as a feed: whose post it is travels with every entry.
//
// An entry keeps its original id, dates, author, language, rights and link, and names the feed it came from. How much of it
// is passed on is its blogger's choice: title, extract or full text. Nothing here depends on the clock, so the same posts
// make the same bytes.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "feeds/feed.h"
#include "server/listing.h"
#include "server/response.h"
#include "server/site.h"

namespace voice::server {

enum class FeedFormat { atom, rss, json };

/// Where subscribers of our feeds ask to be told (WebSub).
inline constexpr std::string_view kHubPath = "/hub";

/// The most bytes of a head feed: some readers stop at 512 KB (FeedBurner's limit became the field's).
inline constexpr std::size_t kFeedBudget = 512 * 1024;

/// ".atom", ".rss", ".json"
std::string_view ending_of(FeedFormat format);

/// The permanent name of a view (RFC 4151): "tag:hub.example,2026-01-01:/blogs/ann".
std::string tag_of(const Site& site, std::string_view specific);

/// The feed without its paging links. `self_path` is the address it is fetched from, with its query.
feeds::Feed feed_of(store::Reader& db, const Site& site, const Listing& listing,
                    const std::vector<store::RiverEntry>& entries, const std::string& self_path);

/// The document in its format as an answer with the right type, Link headers and CORS.
Response feed_response(feeds::Feed feed, FeedFormat format);

}  // namespace voice::server
