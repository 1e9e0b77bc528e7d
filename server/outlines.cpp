#include "server/outlines.h"

#include <algorithm>
#include <set>

#include "feeds/opml.h"
#include "server/listing.h"
#include "store/blogs.h"

namespace voice::server {
namespace {

constexpr int kPostsLookedAt = 1000;
constexpr int kMostInOneQuery = 200;

std::vector<feeds::Outline> outlines_of(store::Reader& db, const store::Blog& blog) {
  std::vector<feeds::Outline> outlines;
  for (const auto& feed : store::feeds_of(db, blog.id))
    outlines.push_back({.text = blog.title,
                        .title = blog.title,
                        .type = "rss",
                        .xml_url = feed.url,
                        .html_url = blog.home_url.empty() ? feed.url : blog.home_url,
                        .description = blog.description,
                        .language = blog.language,
                        .category = std::string(store::name_of(blog.kind)),
                        .children = {}});
  return outlines;
}

Response outline_response(store::Reader& db, const Site& site, const std::string& title,
                          const std::vector<store::Blog>& blogs) {
  feeds::OutlineList list;
  list.title = title;
  list.owner_name = site.settings.site.title;
  list.owner_id = site.address_of("/");
  std::set<std::string> seen;  // a reader that imports one address twice shows every post twice
  for (const auto& blog : blogs) {
    const auto since = blog.joined.value_or(blog.created);
    list.created = std::min(list.created.value_or(since), since);
    list.modified = std::max(list.modified.value_or(since), since);
    for (auto& outline : outlines_of(db, blog))
      if (!outline.xml_url.empty() && seen.insert(outline.xml_url).second) list.outlines.push_back(std::move(outline));
  }
  auto response = content(feeds::write_opml(list), "text/x-opml; charset=utf-8");
  response.set("Access-Control-Allow-Origin", "*");
  response.set("Cache-Control", "public, max-age=300");
  return response;
}

std::vector<store::Blog> blogs_in(store::Reader& db, const Listing& listing, sys_seconds now) {
  std::set<BlogId> ids;
  std::optional<store::Cursor> before;
  for (int looked_at = 0; looked_at < kPostsLookedAt; looked_at += kMostInOneQuery) {
    const auto some = entries_of(db, listing, now, before, kMostInOneQuery);
    for (const auto& entry : some) ids.insert(entry.blog);
    if (static_cast<int>(some.size()) < kMostInOneQuery) break;
    before = some.back().cursor();
  }
  std::vector<store::Blog> blogs;
  for (const auto id : ids)
    if (auto blog = store::find_blog(db, id)) blogs.push_back(std::move(*blog));
  std::ranges::sort(blogs, {}, &store::Blog::title);
  return blogs;
}

}  // namespace

Response members_outline(const Request&, const Site& site, store::Reader& db) {
  return outline_response(db, site, site.settings.site.title, store::blogs_in_state(db, store::BlogState::active));
}

Response listing_outline(const Request& request, const Site& site, store::Reader& db) {
  constexpr std::string_view kEnding = ".opml";
  if (!request.path.ends_with(kEnding) || request.path.size() <= kEnding.size()) return not_found();
  const auto view = request.path.substr(0, request.path.size() - kEnding.size());
  const auto listing = find_listing(db, site, view, request.query);
  if (!listing) return not_found();
  if (listing->page_address() == "/") return members_outline(request, site, db);
  const auto title = listing->title + " - " + site.settings.site.title;
  return outline_response(db, site, title, blogs_in(db, *listing, site.clock.now()));
}

}  // namespace voice::server
