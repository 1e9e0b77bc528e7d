#include "server/feed_routes.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "base/text.h"
#include "server/archive_months.h"
#include "server/listing.h"
#include "server/rebroadcast.h"

namespace voice::server {
namespace {

constexpr int kEntriesInFeed = 50;
constexpr int kMostInOneQuery = 200;

struct FeedAddress {
  std::string view;  ///< the listing's path
  FeedFormat format;
};

std::optional<FeedAddress> parse_feed_path(const std::string& path) {
  for (const auto format : {FeedFormat::atom, FeedFormat::rss, FeedFormat::json}) {
    const auto ending = ending_of(format);
    if (path.size() > ending.size() && path.ends_with(ending))
      return FeedAddress{.view = path.substr(0, path.size() - ending.size()), .format = format};
  }
  return std::nullopt;
}

std::string with_parameter(const std::string& address, const std::string& parameter) {
  return address + (address.find('?') == std::string::npos ? "?" : "&") + parameter;
}

/// How many posts to try after a document of `count` posts came out at `bytes`: a tenth less than would fit by proportion.
std::size_t fewer(std::size_t count, std::size_t bytes) {
  return std::max<std::size_t>(1, std::min(count - 1, count * kFeedBudget / bytes * 9 / 10));
}

}  // namespace

Response listing_feed(const Request& request, const Site& site, store::Reader& db) {
  const auto address = parse_feed_path(request.path);
  if (!address) return not_found();
  const auto listing = find_listing(db, site, address->view, request.query);
  if (!listing) return not_found();
  const auto before_text = request.query.get("before");
  const auto before = store::parse_cursor(before_text);
  if (!before_text.empty() && !before) return not_found();

  const auto now = site.clock.now();
  auto entries = entries_of(db, *listing, now, before, kEntriesInFeed);
  bool more = static_cast<int>(entries.size()) == kEntriesInFeed;
  const bool is_head_of_river = !before && listing->page_address() == "/" && address->format == FeedFormat::atom;
  const auto newest = is_head_of_river ? newest_closed_month(db, now) : std::nullopt;
  const auto first = listing->feed_stem() + std::string(ending_of(address->format)) + listing->query;
  const auto self = before ? with_parameter(first, "before=" + before_text) : first;
  while (true) {
    auto feed = feed_of(db, site, *listing, entries, self);
    feed.first_page = site.address_of(first);
    if (more) feed.next_page = site.address_of(with_parameter(first, "before=" + entries.back().cursor().text()));
    if (newest) feed.prev_archive = site.address_of(archive_stem(*newest) + ".atom");
    auto response = feed_response(feed, address->format);
    if (response.body.size() <= kFeedBudget || entries.size() <= 1) return response;
    entries.resize(fewer(entries.size(), response.body.size()));
    more = true;
  }
}

Response month_archive(const Request& request, const Site& site, store::Reader& db) {
  const auto month = parse_month(request.captures.get("year"), request.captures.get("month"));
  const auto now = site.clock.now();
  if (!month || !is_closed(*month, now)) return not_found();

  const store::OfPeriod period{.from = start_of(*month), .until = start_of(*month + std::chrono::months(1))};
  std::vector<store::RiverEntry> entries;
  std::optional<store::Cursor> before;
  while (true) {
    auto some = store::river(db, {.filter = period, .now = now, .before = before, .limit = kMostInOneQuery});
    if (some.empty()) break;
    before = some.back().cursor();
    std::ranges::move(some, std::back_inserter(entries));
  }
  if (entries.empty()) return not_found();

  const auto river = find_listing(db, site, "/", {});
  auto feed = feed_of(db, site, *river, entries, archive_stem(*month) + ".atom");
  feed.id = tag_of(site, archive_stem(*month));
  feed.is_archive = true;
  // No next-archive: a link to a month that closes later would change a document that must not change.
  feed.current = site.address_of(river->feed_stem() + ".atom");
  if (const auto older = month_with_posts_before(db, *month, now))
    feed.prev_archive = site.address_of(archive_stem(*older) + ".atom");
  return feed_response(feed, FeedFormat::atom);
}

}  // namespace voice::server
