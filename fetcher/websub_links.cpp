#include "fetcher/websub_links.h"

#include <algorithm>

#include "base/text.h"
#include "base/url.h"
#include "content/page_claims.h"

namespace voice::fetcher {
namespace {

// The parameters after one <target>, up to the comma that begins the next link; commas inside quotes belong to a value.
std::string_view take_parameters(std::string_view& rest) {
  bool quoted = false;
  std::size_t at = 0;
  for (; at < rest.size(); ++at) {
    if (rest[at] == '"') quoted = !quoted;
    if (rest[at] == ',' && !quoted) break;
  }
  const auto parameters = rest.substr(0, at);
  rest.remove_prefix(std::min(rest.size(), at + 1));
  return parameters;
}

std::vector<std::string> rels_in(std::string_view parameters) {
  std::vector<std::string> rels;
  for (const auto part : split(parameters, ';')) {
    const auto equals = part.find('=');
    if (equals == std::string_view::npos || !equals_ignoring_case(trim(part.substr(0, equals)), "rel")) continue;
    auto value = trim(part.substr(equals + 1));
    if (value.size() >= 2 && value.front() == '"') value = value.substr(1, value.size() - 2);
    const auto words = collapse_space(value);
    for (const auto word : split(words, ' ')) rels.push_back(to_ascii_lower(word));
    break;  // RFC 8288, 3.3: only the first rel counts
  }
  return rels;
}

bool has_rel(const Link& link, std::string_view rel) {
  return std::find(link.rels.begin(), link.rels.end(), rel) != link.rels.end();
}

const Link* first_with(const std::vector<Link>& links, std::string_view rel) {
  const auto at = std::find_if(links.begin(), links.end(), [&](const Link& link) { return has_rel(link, rel); });
  return at == links.end() ? nullptr : &*at;
}

std::optional<HubOffer> best_offer(const Headers& headers, const std::vector<std::string>& hubs,
                                   const std::string& self, std::string_view final_url) {
  const auto links = parse_link_headers(headers, final_url);
  const auto* hub = first_with(links, "hub");
  const auto* own = first_with(links, "self");
  HubOffer offer;
  offer.hub = hub != nullptr ? hub->target : hubs.empty() ? std::string() : hubs.front();
  offer.topic = own != nullptr ? own->target : !self.empty() ? self : std::string(final_url);
  const auto url = parse_url(offer.hub);
  if (!url || !url->is_web()) return std::nullopt;
  return offer;
}

}  // namespace

std::vector<Link> parse_link_headers(const Headers& headers, std::string_view base) {
  std::vector<Link> links;
  for (const auto line : headers.all("Link")) {
    std::string_view rest = line;
    while (true) {
      const auto open = rest.find('<');
      const auto close = open == std::string_view::npos ? open : rest.find('>', open);
      if (close == std::string_view::npos) break;
      const auto target = rest.substr(open + 1, close - open - 1);
      rest.remove_prefix(close + 1);
      links.push_back({resolve_text(base, target), rels_in(take_parameters(rest))});
    }
  }
  return links;
}

std::optional<HubOffer> offered_hub(const Headers& headers, const feeds::Feed& feed, std::string_view final_url) {
  return best_offer(headers, feed.hubs, feed.feed_url, final_url);
}

std::optional<HubOffer> offered_hub(const Page& page) {
  const auto selves = content::links_with_rel(page.body, "self", page.url);
  return best_offer(page.headers, content::links_with_rel(page.body, "hub", page.url),
                    selves.empty() ? std::string() : selves.front(), page.url);
}

}  // namespace voice::fetcher
