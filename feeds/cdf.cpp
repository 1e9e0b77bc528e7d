#include "feeds/cdf.h"

#include <algorithm>

#include "base/text.h"
#include "feeds/date.h"
#include "feeds/limits.h"
#include "feeds/markup.h"

namespace voice::feeds {
namespace {

bool has_address(pugi::xml_node node) {
  const auto attributes = node.attributes();
  return std::any_of(attributes.begin(), attributes.end(), [](const pugi::xml_attribute& a) {
    return equals_ignoring_case(a.name(), "href") || equals_ignoring_case(a.name(), "base");
  });
}

std::optional<sys_seconds> last_modified(Scope& scope, pugi::xml_node node) {
  const auto date = parse_date(scope.attribute(node, "lastmod"));
  return date ? std::optional(*date) : std::nullopt;
}

struct Described {
  std::string title, abstract, logo, address;
};

Described described(Scope& scope, pugi::xml_node parent) {
  Described found;
  found.address = scope.attribute(parent, "href");
  for (const auto& child : parent.children()) {
    switch (tag(child.name())) {
      case tag("title"): found.title = line_of_html(scope.text(child)); break;
      case tag("abstract"): found.abstract = scope.markup(child); break;
      case tag("logo"): found.logo = scope.resolved(scope.attribute(child, "href")); break;
      case tag("a"):
        if (found.address.empty()) found.address = scope.attribute(child, "href");
        break;
      default: break;
    }
  }
  return found;
}

Entry read_item(Scope& scope, pugi::xml_node item) {
  auto found = described(scope, item);
  Entry entry;
  entry.url = scope.resolved(found.address);
  entry.title = std::move(found.title);
  entry.content_html = std::move(found.abstract);
  entry.image = std::move(found.logo);
  entry.base_url = scope.base();
  entry.updated = last_modified(scope, item);
  return entry;
}

}  // namespace

bool is_cdf(pugi::xml_node channel) {
  if (has_address(channel) || std::string_view(channel.name()) == "CHANNEL") return true;  // RSS never shouts
  const auto children = channel.children();
  return std::any_of(children.begin(), children.end(), [](const pugi::xml_node& node) {
    return equals_ignoring_case(node.name(), "item") && has_address(node);
  });
}

void read_cdf(Scope& scope, pugi::xml_node channel, Feed& feed) {
  auto found = described(scope, channel);
  feed.title = std::move(found.title);
  feed.description = line_of_html(found.abstract);
  feed.icon = std::move(found.logo);
  feed.home_page_url = scope.resolved(found.address);
  feed.feed_url = scope.resolved(scope.attribute(channel, "self"));
  feed.updated = last_modified(scope, channel);
  for (const auto& child : channel.children())
    if (equals_ignoring_case(child.name(), "item") && has_room(feed)) feed.entries.push_back(read_item(scope, child));
}

}  // namespace voice::feeds
