// feeds/sitemap.h - lists of a site's own pages for search engines (sitemaps.org).
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"

namespace voice::feeds {

struct SitemapPage {
  std::string address;                     ///< absolute
  std::optional<sys_seconds> last_change;  ///< left out where it is not known
};

/// The most pages one document may list, by the protocol.
inline constexpr std::size_t kMostSitemapPages = 50'000;

std::string write_sitemap(const std::vector<SitemapPage>& pages);
/// A list of sitemaps, for sites with more pages than one may list.
std::string write_sitemap_index(const std::vector<SitemapPage>& sitemaps);

}  // namespace voice::feeds
