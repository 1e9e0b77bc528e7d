#include "server/site_files.h"

#include <algorithm>

#include "base/numbers.h"
#include "base/time.h"
#include "feeds/open_search.h"
#include "feeds/sitemap.h"
#include "store/blogs.h"
#include "store/guest_posts.h"
#include "store/organisations.h"
#include "store/people.h"
#include "store/topics.h"
#include "views/assets.h"

namespace voice::server {
namespace {

constexpr const char* kXml = "application/xml; charset=utf-8";

// Pages that are the same address for as long as the hub stands. A test asks for every one of them.
constexpr const char* kStandingPages[] = {"/",
                                          "/blogs",
                                          "/topics",
                                          "/people",
                                          "/organisations",
                                          "/featured",
                                          "/conversations",
                                          "/guest-posts",
                                          "/archive",
                                          "/about",
                                          "/subscribe",
                                          "/accessibility",
                                          "/privacy",
                                          "/cookies",
                                          "/contact",
                                          "/bot",
                                          "/api",
                                          "/how-we-handle-your-feed"};

constexpr int kMostGuestPosts = 100'000;

Response kept_for_a_day(Response response) {
  response.set("Cache-Control", "public, max-age=86400");
  return response;
}

std::vector<feeds::SitemapPage> own_pages(const Site& site, store::Reader& db) {
  std::vector<feeds::SitemapPage> pages;
  const auto add = [&](const std::string& path, std::optional<sys_seconds> changed = {}) {
    pages.push_back({.address = site.address_of(path), .last_change = changed});
  };
  for (const char* path : kStandingPages) add(path);
  for (const auto& topic : store::all_topics(db)) add("/topics/" + topic.slug);
  for (const auto& body : store::organisations_with_blogs(db)) add("/organisations/" + body.slug);
  for (const auto& person : store::all_people(db)) add("/people/" + person.slug);
  for (const auto state : {store::BlogState::active, store::BlogState::paused, store::BlogState::gone})
    for (const auto& blog : store::blogs_in_state(db, state)) add("/blogs/" + blog.slug, blog.last_post);
  for (const auto& post : store::guest_posts_in(db, store::GuestState::published, kMostGuestPosts))
    add("/guest-posts/" + post.slug, post.updated);
  return pages;
}

std::size_t parts_of(std::size_t pages) { return (pages + feeds::kMostSitemapPages - 1) / feeds::kMostSitemapPages; }

}  // namespace

Response robots_txt(const Request&, const Site& site, store::Reader&) {
  // Search results and the desk are endless or private. Pages that ask not to be indexed must stay readable to say so.
  return kept_for_a_day(
      plain("User-agent: *\n"
            "Disallow: /search\n"
            "Disallow: /random\n"
            "Disallow: /editor\n"
            "Disallow: /sign-in\n"
            "Disallow: /my-blog\n\n"
            "Sitemap: " +
            site.address_of("/sitemap.xml") + "\n"));
}

Response security_txt(const Request&, const Site& site, store::Reader&) {
  const auto& email = site.settings.site.contact_email;
  const std::string contact = email.empty() ? site.address_of("/contact") : "mailto:" + email;
  // Under a year, as the RFC asks, and the same for a whole day, so that the file is too.
  const auto today = std::chrono::floor<std::chrono::days>(site.clock.now());
  return kept_for_a_day(plain("Contact: " + contact +
                              "\n"
                              "Expires: " +
                              rfc3339(today + std::chrono::days(330)) +
                              "\n"
                              "Preferred-Languages: en, cy\n"
                              "Canonical: " +
                              site.address_of("/.well-known/security.txt") + "\n"));
}

Response open_search(const Request&, const Site& site, store::Reader&) {
  const auto& title = site.settings.site.title;
  return kept_for_a_day(content(
      feeds::write_search_description({.short_name = title,
                                       .description = "Search posts on " + title,
                                       .page_template = site.address_of("/search?q={searchTerms}"),
                                       .feed_template = site.address_of("/search.atom?q={searchTerms}"),
                                       .self = site.address_of("/opensearch.xml"),
                                       .icon = views::has_asset("favicon.ico") ? site.address_of("/favicon.ico") : ""}),
      "application/opensearchdescription+xml; charset=utf-8"));
}

Response sitemap(const Request&, const Site& site, store::Reader& db) {
  const auto pages = own_pages(site, db);
  if (parts_of(pages.size()) <= 1) return content(feeds::write_sitemap(pages), kXml);
  std::vector<feeds::SitemapPage> parts;
  for (std::size_t n = 1; n <= parts_of(pages.size()); ++n)
    parts.push_back({.address = site.address_of("/sitemap-" + std::to_string(n) + ".xml"), .last_change = {}});
  return content(feeds::write_sitemap_index(parts), kXml);
}

Response sitemap_part(const Request& request, const Site& site, store::Reader& db) {
  const auto number = parse_number<std::size_t>(request.captures.get("number")).value_or(0);
  const auto pages = own_pages(site, db);
  if (number < 1 || number > parts_of(pages.size())) return not_found();
  const auto from = pages.begin() + static_cast<std::ptrdiff_t>((number - 1) * feeds::kMostSitemapPages);
  const auto left = static_cast<std::size_t>(pages.end() - from);
  return content(
      feeds::write_sitemap({from, from + static_cast<std::ptrdiff_t>(std::min(left, feeds::kMostSitemapPages))}), kXml);
}

}  // namespace voice::server
