#include "server/feed_routes.h"

#include <optional>
#include <utility>
#include <vector>

#include "base/text.h"
#include "server/archive_months.h"
#include "server/listing.h"
#include "server/rebroadcast.h"

namespace voice::server {
namespace {

constexpr int kEntriesInFeed = 50;

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

/// The document of as many posts, from the newest on, as keep it within its budget; of one where even that is too long.
/// `make` answers with the document of the first so many.
template <class Make>
Response longest_that_fits(std::size_t count, Make&& make) {
  auto whole = make(count);
  if (whole.body.size() <= kFeedBudget || count <= 1) return whole;
  std::size_t fits = 1, too_many = count;
  auto longest = make(fits);
  while (too_many - fits > 1) {
    const auto middle = fits + (too_many - fits) / 2;
    auto document = make(middle);
    if (document.body.size() > kFeedBudget) {
      too_many = middle;
    } else {
      fits = middle;
      longest = std::move(document);
    }
  }
  return longest;
}

}  // namespace

Response listing_feed(const Request& request, const Site& site, store::Reader& db) {
  const auto address = parse_feed_path(request.path);
  if (!address) return not_found();
  const auto listing = find_listing(db, site, address->view, request.query);
  if (!listing) return no_listing(db, address->view, request.query);
  const auto before_text = request.query.get("before");
  const auto before = store::parse_cursor(before_text);
  if (!before_text.empty() && !before) return not_found();

  const auto now = site.clock.now();
  const auto entries = entries_of(db, *listing, now, before, kEntriesInFeed);
  const bool is_head_of_river = !before && listing->page_address() == "/" && address->format == FeedFormat::atom;
  const auto archive = is_head_of_river ? newest_part(db, now) : std::nullopt;
  const auto first = listing->feed_stem() + std::string(ending_of(address->format)) + listing->query;
  const auto self = before ? with_parameter(first, "before=" + before_text) : first;
  return longest_that_fits(entries.size(), [&](std::size_t count) {
    const std::vector<store::RiverEntry> posts(entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(count));
    auto feed = feed_of(db, site, *listing, posts, self);
    feed.first_page = site.address_of(first);
    if (count == kEntriesInFeed || count < entries.size())
      feed.next_page = site.address_of(with_parameter(first, "before=" + posts.back().cursor().text()));
    if (archive) feed.prev_archive = site.address_of(archive_path(*archive));
    return feed_response(std::move(feed), address->format);
  });
}

Response month_archive(const Request& request, const Site& site, store::Reader& db) {
  const auto month = parse_month(request.captures.get("year"), request.captures.get("month"));
  const auto now = site.clock.now();
  const auto part =
      month ? find_part(db, *month, request.query.get("part"), request.query.get("posts"), now) : std::nullopt;
  if (!part) return not_found();

  const auto river = find_listing(db, site, "/", {});
  auto feed = feed_of(db, site, *river, posts_of(db, *part, now), archive_path(*part));
  feed.id = tag_of(site, archive_path(*part));
  feed.current = site.address_of(river->feed_stem() + ".atom");
  if (const auto older = part_before(db, *part, now)) feed.prev_archive = site.address_of(archive_path(*older));
  // No next-archive: the link to a document that is finished later would change one that must not change.
  feed.is_archive = true;
  return feed_response(std::move(feed), FeedFormat::atom);
}

}  // namespace voice::server
