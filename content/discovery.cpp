#include "content/discovery.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_set>

#include "base/text.h"
#include "base/url.h"
#include "content/html_parser.h"
#include "content/platforms.h"
#include "content/tree_text.h"

namespace voice::content {
namespace {

using html::Node;
using html::Tag;

// A page that names more is a directory of other people's feeds.
constexpr std::size_t kMostCandidates = 40;

// "Text/XML; charset=utf-8" is "text/xml".
std::string bare_type(std::string_view type) { return to_ascii_lower(trim(type.substr(0, type.find(';')))); }

bool has_word(std::string_view words, std::string_view wanted) {
  const auto line = collapse_space(words);
  for (const auto word : split(line, ' '))
    if (equals_ignoring_case(word, wanted)) return true;
  return false;
}

// Types that promise a feed, and those that may be one when the page calls it an alternate.
bool is_feed_type(std::string_view type) {
  return type == "application/rss+xml" || type == "application/atom+xml" || type == "application/feed+json" ||
         type == "application/rdf+xml" || type == "application/x-rss+xml" || type == "text/rss+xml" ||
         type == "text/rss" || type == "application/rss" || type == "application/atom";
}
bool may_be_feed_type(std::string_view type, std::string_view url) {
  if (is_feed_type(type) || type == "text/xml" || type == "application/xml") return true;
  // WordPress offers its programming interface the same way.
  return type == "application/json" && url.find("/wp-json") == std::string_view::npos;
}

bool is_alternate(std::string_view rel) { return has_word(rel, "alternate") && !has_word(rel, "stylesheet"); }

// "feed://x" and "feed:https://x" are how some pages ask a reader program to open.
std::string_view without_feed_scheme(std::string_view address, std::string& room) {
  address = trim(address);
  if (!starts_with_ignoring_case(address, "feed:")) return address;
  address.remove_prefix(5);
  if (address.starts_with("//"))
    room = "https:" + std::string(address);
  else
    room = std::string(address);
  return room;
}

std::optional<std::string> absolute(const std::optional<Url>& base, std::string_view address) {
  std::string room;
  address = without_feed_scheme(address, room);
  if (address.empty() || address.starts_with('#')) return std::nullopt;
  auto url = base ? resolve_url(*base, address) : parse_url(address);
  if (!url || !url->is_web()) return std::nullopt;
  url->fragment.reset();
  url->userinfo.clear();
  return url->text();
}

bool is_about_comments(const FeedCandidate& candidate) {
  if (find_ignoring_case(candidate.title, "comment") != std::string_view::npos) return true;
  const auto url = to_ascii_lower(candidate.url);
  return url.find("/comments/") != std::string::npos || url.ends_with("/comments") ||
         url.find("/feeds/comments") != std::string::npos || url.find("feed=comments") != std::string::npos;
}

// Everything found, in order, each address once; what a later mention knows better is added to the first.
class Found {
 public:
  void add(FeedCandidate candidate) {
    for (auto& known : list_)
      if (known.url == candidate.url) {
        if (known.type.empty()) known.type = candidate.type;
        if (known.title.empty()) known.title = candidate.title;
        return;
      }
    if (list_.size() < kMostCandidates) list_.push_back(std::move(candidate));
  }
  std::vector<FeedCandidate> take() {
    std::stable_partition(list_.begin(), list_.end(), [](const auto& c) { return !is_about_comments(c); });
    return std::move(list_);
  }
  bool empty() const { return list_.empty(); }

 private:
  std::vector<FeedCandidate> list_;
};

// --- anchors

// Services that offer to subscribe; the feed is theirs to find, not ours.
bool is_reader_service(std::string_view host) {
  static constexpr std::array kServices = {"feedly.com",       "inoreader.com", "newsblur.com",
                                           "netvibes.com",     "bloglovin.com", "add.my.yahoo.com",
                                           "theoldreader.com", "feedbin.com",   "feedspot.com"};
  return std::any_of(kServices.begin(), kServices.end(), [&](std::string_view service) {
    return host == service || (host.size() > service.size() && host.ends_with(service));
  });
}

bool is_picture(std::string_view path) {
  static constexpr std::array kEndings = {".png", ".gif", ".jpg", ".jpeg", ".svg", ".webp", ".ico", ".pdf"};
  return std::any_of(kEndings.begin(), kEndings.end(), [&](const char* ending) { return path.ends_with(ending); });
}

// "feedback" is no feed: words are looked at whole.
bool sounds_like_feed(std::string_view text) {
  static constexpr std::array kWords = {"rss", "rss2", "atom", "feed", "feeds", "rdf"};
  std::string word;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? ascii_lower(text[i]) : ' ';
    if (is_alpha(c) || is_digit(c)) {
      word += c;
      continue;
    }
    if (std::find(kWords.begin(), kWords.end(), word) != kWords.end()) return true;
    word.clear();
  }
  return false;
}

bool anchor_is_feed(const Node& anchor, const Url& url) {
  if (is_reader_service(url.host)) return false;
  const auto path = to_ascii_lower(url.path);
  if (is_picture(path)) return false;
  if (is_feed_type(bare_type(anchor.value_of("type")))) return true;
  if (path.ends_with("/index.xml") || sounds_like_feed(path) || (url.query && sounds_like_feed(*url.query)))
    return true;
  const auto text = collapse_space(html::text_of(anchor));
  return text.size() <= 12 && (sounds_like_feed(text)) && path != "/";
}

// --- the page

struct Page {
  std::optional<Url> base;
  std::vector<const Node*> links, anchors;
  std::string_view generator;
  bool has_base = false;
};

void survey(const Node& node, Page& page) {
  for (const auto* child = node.first; child; child = child->next) {
    if (child->tag == Tag::link)
      page.links.push_back(child);
    else if (child->tag == Tag::a)
      page.anchors.push_back(child);
    else if (child->tag == Tag::meta && equals_ignoring_case(child->value_of("name"), "generator"))
      page.generator = child->value_of("content");
    else if (child->tag == Tag::base && child->find("href") && !page.has_base) {
      page.has_base = true;
      const auto href = child->value_of("href");
      if (auto base = page.base ? resolve_url(*page.base, href) : parse_url(href); base && base->is_web())
        page.base = std::move(base);
    }
    survey(*child, page);
  }
}

void add_links(const Page& page, Found& found) {
  for (const auto* link : page.links) {
    const auto rel = link->value_of("rel");
    const auto type = bare_type(link->value_of("type"));
    const auto url = absolute(page.base, link->value_of("href"));
    if (!url) continue;
    const bool offered = (is_alternate(rel) && may_be_feed_type(type, *url)) ||
                         (has_word(rel, "feed") && (type.empty() || may_be_feed_type(type, *url)));
    if (offered) found.add({*url, type, collapse_space(link->value_of("title")), "link"});
  }
}

void add_anchors(const Page& page, std::string_view host, Found& found) {
  std::vector<FeedCandidate> here, elsewhere;
  for (const auto* anchor : page.anchors) {
    const auto address = absolute(page.base, anchor->value_of("href"));
    const auto url = address ? parse_url(*address) : std::nullopt;
    if (!url || !anchor_is_feed(*anchor, *url)) continue;
    auto title = collapse_space(anchor->value_of("title"));
    if (title.empty()) title = collapse_space(html::text_of(*anchor));
    auto& group = registrable_domain(url->host) == registrable_domain(host) ? here : elsewhere;
    group.push_back({*address, bare_type(anchor->value_of("type")), std::string(utf8_prefix(title, 200)), "anchor"});
  }
  for (auto* group : {&here, &elsewhere})
    for (auto& candidate : *group) found.add(std::move(candidate));
}

// --- the Link header (RFC 8288, section 3)

// The next parameter of a link value; moves past it. Nothing at the end of the value.
struct Parameter {
  std::string name, value;
};
std::optional<Parameter> next_parameter(std::string_view text, std::size_t& at) {
  while (at < text.size() && (is_space(text[at]) || text[at] == ';')) ++at;
  if (at >= text.size() || text[at] == ',') return std::nullopt;
  const auto begin = at;
  while (at < text.size() && text[at] != '=' && text[at] != ';' && text[at] != ',') ++at;
  Parameter parameter{to_ascii_lower(trim(text.substr(begin, at - begin))), {}};
  if (at >= text.size() || text[at] != '=') return parameter;
  ++at;
  while (at < text.size() && is_space(text[at])) ++at;
  if (at < text.size() && text[at] == '"') {
    for (++at; at < text.size() && text[at] != '"'; ++at) {
      if (text[at] == '\\' && at + 1 < text.size()) ++at;
      parameter.value += text[at];
    }
    if (at < text.size()) ++at;
  } else {
    const auto start = at;
    while (at < text.size() && text[at] != ';' && text[at] != ',') ++at;
    parameter.value = std::string(trim(text.substr(start, at - start)));
  }
  return parameter;
}

}  // namespace

std::vector<FeedCandidate> platform_feeds(std::string_view page_url) {
  const auto url = parse_url(page_url);
  if (!url || !url->is_web()) return {};
  Found found;
  for (const auto& feed : feeds_by_address(*url)) found.add({feed, "", "", "platform"});
  return found.take();
}

std::vector<FeedCandidate> header_feeds(std::string_view header, std::string_view page_url) {
  const auto base = parse_url(page_url);
  Found found;
  for (std::size_t at = 0; at < header.size();) {
    const auto open = header.find('<', at);
    const auto close = open == std::string_view::npos ? open : header.find('>', open);
    if (close == std::string_view::npos) break;
    FeedCandidate candidate{"", "", "", "header"};
    std::string rel;
    at = close + 1;
    while (const auto parameter = next_parameter(header, at)) {
      if (parameter->name == "rel" && rel.empty()) rel = parameter->value;
      if (parameter->name == "type") candidate.type = bare_type(parameter->value);
      if (parameter->name == "title") candidate.title = collapse_space(repair_utf8(parameter->value));
    }
    const auto url = absolute(base, header.substr(open + 1, close - open - 1));
    if (!url || !is_alternate(rel) || !may_be_feed_type(candidate.type, *url)) continue;
    candidate.url = *url;
    found.add(std::move(candidate));
  }
  return found.take();
}

std::vector<FeedCandidate> page_feeds(std::string_view html, std::string_view page_url) {
  const std::string source = repair_utf8(html);
  const auto tree = html::parse_fragment(source);
  Page page;
  const auto address = parse_url(page_url);
  if (address && address->is_web()) page.base = address;
  survey(tree.root(), page);
  Found found;
  add_links(page, found);
  const bool has_links = !found.empty();
  add_anchors(page, address ? address->host : std::string(), found);
  if (!has_links && page.base)
    if (const auto feed = feed_by_generator(page.generator, *page.base); !feed.empty())
      found.add({feed, "", "", "platform"});
  return found.take();
}

std::vector<FeedCandidate> guessed_feeds(std::string_view page_url) {
  const auto page = parse_url(page_url);
  if (!page || !page->is_web()) return {};
  const std::string root = page->origin() + "/";
  const std::string folder = page->origin() + page->path.substr(0, page->path.rfind('/') + 1);
  Found found;
  const auto guess = [&](const std::string& below, std::initializer_list<const char*> names) {
    for (const char* name : names) found.add({below + name, "", "", "guess"});
  };
  // "feed" and "feed/" are two addresses: a server that redirects one to the other is not followed while guessing.
  if (folder == root) {
    guess(root, {"feed", "feed/", "rss", "rss.xml", "atom.xml", "feed.xml", "index.xml", "feed.json"});
  } else {
    guess(folder, {"feed", "feed/", "rss.xml", "index.xml"});
    guess(root, {"feed/", "rss.xml", "atom.xml", "feed.xml"});
  }
  return found.take();
}

}  // namespace voice::content
