#include "content/platforms.h"

#include <algorithm>

#include "base/text.h"

namespace voice::content {
namespace {

// The parts of the path that hold something.
std::vector<std::string_view> segments_of(const Url& page) {
  std::vector<std::string_view> segments;
  for (const auto part : split(page.path, '/'))
    if (!part.empty()) segments.push_back(part);
  return segments;
}

std::string_view query_value(const Url& page, std::string_view name) {
  if (!page.query) return {};
  for (const auto pair : split(*page.query, '&'))
    if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=')
      return pair.substr(name.size() + 1);
  return {};
}

bool is_host(const Url& page, std::string_view host) {
  return page.host == host || (page.host.starts_with("www.") && std::string_view(page.host).substr(4) == host);
}
bool is_below(const Url& page, std::string_view domain) {
  return page.host.size() > domain.size() + 1 && page.host.ends_with(domain) &&
         page.host[page.host.size() - domain.size() - 1] == '.' && page.host != "www." + std::string(domain);
}

// Systems where each blog has a host of its own, and its feed one path.
struct Hosted {
  std::string_view domain, path;
};
constexpr Hosted kHosted[] = {
    {"blog.gov.uk", "/feed/"},    {"wordpress.com", "/feed/"},      {"medium.com", "/feed"},
    {"substack.com", "/feed"},    {"tumblr.com", "/rss"},           {"ghost.io", "/rss/"},
    {"micro.blog", "/feed.xml"},  {"bearblog.dev", "/feed/"},       {"mataroa.blog", "/rss/"},
    {"hashnode.dev", "/rss.xml"}, {"livejournal.com", "/data/rss"}, {"dreamwidth.org", "/data/rss"},
    {"typepad.com", "/atom.xml"}, {"typepad.co.uk", "/atom.xml"},   {"writeas.com", "/feed/"},
    {"silvrback.com", "/feed"},   {"svbtle.com", "/feed"},          {"posthaven.com", "/posts.atom"},
};

// blogspot.com, blogspot.co.uk, blogspot.de ...
bool is_blogspot(const Url& page) {
  const auto at = page.host.find(".blogspot.");
  return at != std::string::npos && at > 0 && page.host.size() - at <= 18;
}

std::vector<std::string> youtube(const Url& page, const std::vector<std::string_view>& path) {
  const std::string feed = "https://www.youtube.com/feeds/videos.xml?";
  if (path.size() >= 2 && path[0] == "channel") return {feed + "channel_id=" + std::string(path[1])};
  if (path.size() >= 2 && path[0] == "user") return {feed + "user=" + std::string(path[1])};
  if (const auto list = query_value(page, "list"); !list.empty()) return {feed + "playlist_id=" + std::string(list)};
  return {};
}

std::vector<std::string> github(const std::vector<std::string_view>& path) {
  if (path.size() == 1) return {"https://github.com/" + std::string(path[0]) + ".atom"};
  if (path.size() < 2) return {};
  const auto repository = "https://github.com/" + std::string(path[0]) + "/" + std::string(path[1]);
  return {repository + "/releases.atom", repository + "/commits.atom"};
}

// A profile of Mastodon or its kin: /@name on any host.
std::vector<std::string> fediverse(const Url& page, const std::vector<std::string_view>& path) {
  if (path.size() != 1 || path[0].size() < 2 || path[0][0] != '@' || path[0].find('.') != std::string_view::npos)
    return {};
  return {page.origin() + "/" + std::string(path[0]) + ".rss"};
}

}  // namespace

std::vector<std::string> feeds_by_address(const Url& page) {
  const auto path = segments_of(page);
  const auto first = path.empty() ? std::string_view() : path[0];
  if (is_host(page, "youtube.com") || page.host == "m.youtube.com") return youtube(page, path);
  if (is_host(page, "github.com")) return github(path);
  if (is_host(page, "medium.com")) {
    if (first.empty() || first == "feed" || first == "tag") return {};
    return {"https://medium.com/feed/" + std::string(first)};
  }
  if (is_host(page, "reddit.com") || page.host == "old.reddit.com") {
    if (path.size() >= 2 && (first == "r" || first == "user" || first == "u"))
      return {"https://www.reddit.com/" + std::string(first) + "/" + std::string(path[1]) + "/.rss"};
    return {};
  }
  if (is_host(page, "dev.to") && path.size() == 1) return {"https://dev.to/feed/" + std::string(first)};
  if (is_host(page, "write.as") && !path.empty()) return {"https://write.as/" + std::string(first) + "/feed/"};
  if (is_host(page, "bsky.app") && path.size() >= 2 && first == "profile")
    return {"https://bsky.app/profile/" + std::string(path[1]) + "/rss"};
  if (is_host(page, "vimeo.com") && path.size() == 1 && !is_digit(first[0]))
    return {"https://vimeo.com/" + std::string(first) + "/videos/rss"};
  if (is_host(page, "buttondown.com") && !path.empty())
    return {"https://buttondown.com/" + std::string(first) + "/rss"};
  if (page.host == "www.gov.uk" && path.size() == 3 && path[0] == "government" && path[1] == "organisations")
    return {"https://www.gov.uk" + page.path + ".atom"};
  if (is_blogspot(page)) return {page.origin() + "/feeds/posts/default"};
  for (const auto& hosted : kHosted)
    if (is_below(page, hosted.domain)) return {page.origin() + std::string(hosted.path)};
  return fediverse(page, path);
}

std::string feed_by_generator(std::string_view generator, const Url& page) {
  struct Made {
    std::string_view by, path;
  };
  static constexpr Made kMade[] = {
      {"wordpress", "/feed/"},       {"ghost", "/rss/"},       {"blogger", "/feeds/posts/default"},
      {"drupal", "/rss.xml"},        {"hugo", "/index.xml"},   {"jekyll", "/feed.xml"},
      {"wix.com", "/blog-feed.xml"}, {"medium", "/feed"},      {"movable type", "/atom.xml"},
      {"typepad", "/atom.xml"},      {"textpattern", "/rss/"}, {"eleventy", "/feed/feed.xml"},
      {"micro.blog", "/feed.xml"},   {"writefreely", "/feed/"}};
  for (const auto& made : kMade)
    if (starts_with_ignoring_case(trim(generator), made.by)) return page.origin() + std::string(made.path);
  return {};
}

}  // namespace voice::content
