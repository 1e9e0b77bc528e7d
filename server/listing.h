// server/listing.h - what an address lists: the one description that a page, its feeds and its outline share.
//
// "/topics/data" is a page; "/topics/data.atom", ".rss" and ".json" are the same posts for machines. The river is at "/" and
// its feeds at "/feed.atom" and so on.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/request.h"
#include "server/response.h"
#include "server/site.h"
#include "store/river.h"
#include "views/page.h"

namespace voice::server {

struct Listing {
  std::string path;         ///< of the page: "/", "/blogs/ann"
  std::string query;        ///< what belongs to the view: "?q=data", or empty
  std::string title;        ///< as a feed is called: "Data and standards"; empty: the hub's own river
  std::string description;  ///< one sentence: what it holds
  store::RiverFilter filter;

  /// The address in front of ".atom": "/feed" for the river, the page's own otherwise.
  std::string feed_stem() const { return path == "/" ? "/feed" : path; }
  std::string page_address() const { return path + query; }
};

/// What the page or feed at `path` (without ".atom" and the like) lists, or nothing where it lists no posts. `query` is the
/// address's: a search is part of its view.
std::optional<Listing> find_listing(store::Reader& db, const Site& site, std::string_view path, const Fields& query);

/// The answer for machines where find_listing() finds nothing: 410 for a blog that left and for a search of one, so that feed
/// readers stop asking (RFC 9110, 15.5.11), and 404 for the rest.
Response no_listing(store::Reader& db, std::string_view path, const Fields& query);

/// Its posts, newest first, strictly after `before`; `limit` is 1 to 200.
std::vector<store::RiverEntry> entries_of(store::Reader& db, const Listing& listing, sys_seconds now,
                                          std::optional<store::Cursor> before, int limit);

/// Its machine-readable twins, as pages announce them.
views::FeedLinks feed_links(const Listing& listing, const Site& site);

}  // namespace voice::server
