// fetcher/websub_links.h - which hub, if any, tells of news in a feed (WebSub, section 4).
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "feeds/feed.h"
#include "fetcher/page.h"

namespace voice::fetcher {

struct Link {
  std::string target;             ///< absolute
  std::vector<std::string> rels;  ///< lower case
};

/// Link header fields (RFC 8288), resolved against `base`.
std::vector<Link> parse_link_headers(const Headers& headers, std::string_view base);

struct HubOffer {
  std::string hub;
  std::string topic;  ///< rel=self exactly as it is written; the address it came from where there is none
};

/// The header's links win over the document's, and the first hub over the others.
std::optional<HubOffer> offered_hub(const Headers& headers, const feeds::Feed& feed, std::string_view final_url);
/// As above, of a page of HTML: its link elements are the document's links.
std::optional<HubOffer> offered_hub(const Page& page);

}  // namespace voice::fetcher
