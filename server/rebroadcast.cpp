#include "server/rebroadcast.h"

#include <algorithm>
#include <cstdlib>
#include <unordered_set>
#include <utility>
#include <variant>

#include "base/text.h"
#include "base/url.h"
#include "feeds/write.h"
#include "store/featuring.h"
#include "views/assets.h"

namespace voice::server {
namespace {

constexpr std::size_t kTitleFromText = 80;

bool is_uri(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || !is_alpha(text.front())) return false;
  const auto scheme = text.substr(0, colon);
  return std::ranges::all_of(scheme,
                             [](char c) { return is_alpha(c) || is_digit(c) || c == '+' || c == '-' || c == '.'; }) &&
         std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) <= 32 || c == '<' || c == '"'; });
}

/// A post without a title is called by its first words: Atom demands a title, and readers show "(no title)" otherwise.
std::string title_of(const store::RiverEntry& post) {
  if (!post.title.empty() || post.excerpt.size() <= kTitleFromText)
    return post.title.empty() ? post.excerpt : post.title;
  auto start = utf8_prefix(post.excerpt, kTitleFromText);
  if (const auto space = start.rfind(' '); space != std::string_view::npos) start = start.substr(0, space);
  return std::string(start) + "\u2026";
}

std::vector<feeds::Person> authors_of(const store::RiverEntry& post) {
  std::vector<feeds::Person> authors;
  for (const auto& person : post.authors)  // names are passed on, e-mail addresses are not
    if (!person.name.empty()) authors.push_back({.name = person.name, .url = person.url, .email = ""});
  if (authors.empty())
    authors.push_back({.name = post.author.empty() ? post.blog_title : post.author, .url = "", .email = ""});
  return authors;
}

void put_text(store::Reader& db, const store::RiverEntry& post, feeds::Entry& entry) {
  if (post.shown == store::Shown::title) return;
  if (!post.excerpt.empty()) entry.summary_html = escape_markup(post.excerpt);
  entry.enclosures = post.enclosures;
  if (post.shown != store::Shown::full) return;
  entry.content_html = store::body_of(db, post.id).text();
  entry.image = post.image;
}

feeds::Entry entry_of(store::Reader& db, const Site& site, const store::RiverEntry& post) {
  feeds::Entry entry;
  entry.id = post.original_id;
  entry.id_is_permalink = post.id_is_permalink && post.original_id == post.url;
  entry.url = post.url;
  entry.external_url = site.address_of("/posts/" + std::to_string(post.id.value));
  entry.title = title_of(post);
  entry.language = post.language.empty() ? post.blog_language : post.language;
  entry.comments_url = post.comments_url;
  entry.rights = post.rights;
  entry.licence = post.licence;
  entry.published = post.published;
  entry.updated = post.updated ? post.updated : entry.published;
  entry.authors = authors_of(post);
  entry.tags = post.tags;
  put_text(db, post, entry);
  entry.source = feeds::Source{.id = post.feed_url,
                               .title = post.feed_title.empty() ? post.blog_title : post.feed_title,
                               .feed_url = post.feed_url,
                               .home_page_url = post.blog_home_url,
                               .rights = post.rights,
                               .updated = entry.updated ? entry.updated : post.first_seen};
  return entry;
}

// The editors' sentence stands before whatever of the post is shown, even its title alone.
void put_reason(store::Reader& db, const store::RiverEntry& post, feeds::Entry& entry) {
  const auto why = store::why_featured(db, post.id);
  if (why.empty()) return;
  const auto reason = "<p><strong>Why the editors picked it:</strong> " + escape_markup(why) + "</p>";
  entry.summary_html = reason + (entry.summary_html.empty() ? "" : "<p>" + entry.summary_html + "</p>");
  if (!entry.content_html.empty()) entry.content_html = reason + entry.content_html;
}

/// What the formats want differently. A post without a date is given none: only Atom demands one (RFC 4287, 4.1.2), and
/// there it is when we first saw it. The address in JSON Feed is that of the page here, and the original the external one.
void suit(feeds::Feed& feed, FeedFormat format) {
  for (auto& entry : feed.entries) {
    if (format == FeedFormat::atom && !entry.updated && entry.source) entry.updated = entry.source->updated;
    if (format == FeedFormat::json) std::swap(entry.url, entry.external_url);
  }
}

/// Ids that are no addresses ("12", "post-3") are unique in their own feed only, and Atom wants a URI.
void make_ids_unique(const Site& site, const std::vector<store::RiverEntry>& posts,
                     std::vector<feeds::Entry>& entries) {
  std::unordered_set<std::string> seen;
  for (std::size_t n = 0; n < entries.size(); ++n) {
    auto& entry = entries[n];
    if (is_uri(entry.id) && seen.insert(entry.id).second) continue;
    entry.id = tag_of(site, "post/" + std::to_string(posts[n].id.value));
    entry.id_is_permalink = false;
  }
}

sys_seconds parse_day(const std::string& iso_day) {
  const auto part = [&](std::size_t at, std::size_t length) { return std::atoi(iso_day.substr(at, length).c_str()); };
  if (iso_day.size() != 10) return {};
  return std::chrono::sys_days{std::chrono::year{part(0, 4)} / part(5, 2) / part(8, 2)};
}

sys_seconds newest_change(const Site& site, const std::vector<store::RiverEntry>& posts) {
  std::optional<sys_seconds> newest;
  for (const auto& post : posts)
    newest = std::max(newest.value_or(post.first_seen), post.updated.value_or(post.first_seen));
  // Of an empty feed: a date that stays the same, so that the empty document does.
  return newest ? *newest : parse_day(site.settings.site.tag_date);
}

}  // namespace

std::string_view ending_of(FeedFormat format) {
  switch (format) {
    case FeedFormat::rss: return ".rss";
    case FeedFormat::json: return ".json";
    case FeedFormat::atom: break;
  }
  return ".atom";
}

std::string tag_of(const Site& site, std::string_view specific) {
  const auto base = parse_url(site.settings.site.base_url);
  return "tag:" + (base ? base->host : std::string("localhost")) + "," + site.settings.site.tag_date + ":" +
         std::string(specific);
}

feeds::Feed feed_of(store::Reader& db, const Site& site, const Listing& listing,
                    const std::vector<store::RiverEntry>& entries, const std::string& self_path) {
  const auto& hub = site.settings.site;
  feeds::Feed feed;
  feed.id = tag_of(site, listing.page_address());
  feed.title = listing.title.empty() ? hub.title : listing.title + " - " + hub.title;
  feed.home_page_url = site.address_of(listing.page_address());
  feed.feed_url = site.address_of(self_path);
  feed.description = listing.description;
  feed.language = "en-GB";
  feed.rights = "Each post belongs to whoever wrote it and is passed on as its blog agreed.";
  if (views::has_asset("icon-192.png")) feed.icon = site.address_of("/icon-192.png");
  if (site.settings.push.hub) feed.hubs = {site.address_of(kHubPath)};
  feed.authors = {{.name = hub.title, .url = site.address_of("/"), .email = ""}};
  feed.updated = newest_change(site, entries);
  feed.ttl_minutes = 60;
  const bool are_picks = std::holds_alternative<store::EverFeatured>(listing.filter);
  for (const auto& post : entries) {
    feed.entries.push_back(entry_of(db, site, post));
    if (are_picks) put_reason(db, post, feed.entries.back());
  }
  make_ids_unique(site, entries, feed.entries);
  return feed;
}

Response feed_response(feeds::Feed feed, FeedFormat format) {
  suit(feed, format);
  // Under its fixed name, so that an archive's bytes outlive a change of the style.
  const feeds::WriteOptions options{.css_url = views::has_asset("feed.css") ? "/feed.css" : "",
                                    .generator = "LocalGov Digital Voice"};
  Response response;
  switch (format) {
    case FeedFormat::atom:
      response = content(feeds::write_atom(feed, options), "application/atom+xml; charset=utf-8");
      break;
    case FeedFormat::rss:
      response = content(feeds::write_rss(feed, options), "application/rss+xml; charset=utf-8");
      break;
    case FeedFormat::json:
      response = content(feeds::write_json_feed(feed, options), "application/feed+json; charset=utf-8");
      break;
  }
  for (const auto& hub : feed.hubs) response.add("Link", "<" + hub + ">; rel=\"hub\"");
  response.add("Link", "<" + feed.feed_url + ">; rel=\"self\"");
  response.set("Access-Control-Allow-Origin", "*");
  response.set("Cache-Control", "public, max-age=300");
  return response;
}

}  // namespace voice::server
