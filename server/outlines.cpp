#include "server/outlines.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "feeds/opml.h"
#include "server/listing.h"
#include "server/members_asked.h"
#include "store/blogs.h"
#include "store/blogs_in_view.h"
#include "store/directory.h"

namespace voice::server {
namespace {

constexpr int kMostInOneQuery = 1000;

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

std::vector<store::Blog> every_member(store::Reader& db, store::MemberQuery query, sys_seconds now) {
  std::vector<store::Blog> blogs;
  query.limit = kMostInOneQuery;
  std::size_t found = 0;
  do {
    query.offset = static_cast<int>(blogs.size());
    auto some = store::directory(db, query, now);
    found = some.size();
    std::ranges::transform(some, std::back_inserter(blogs), [](store::Member& m) { return std::move(m.blog); });
  } while (found == kMostInOneQuery);
  return blogs;
}

}  // namespace

Response members_outline(const Request& request, const Site& site, store::Reader& db) {
  const auto asked = read_members_asked(request.query);
  if (!asked.is_answerable()) return not_found();
  auto blogs = every_member(db, query_for(asked), site.clock.now());
  // The list that people import for good; who narrows it gets what /blogs shows then.
  if (!asked.is_narrowed())
    std::erase_if(blogs, [](const store::Blog& blog) { return blog.state == store::BlogState::gone; });
  const auto& title = site.settings.site.title;
  return outline_response(db, site, asked.is_narrowed() ? title + ": " + asked.in_words() : title, blogs);
}

Response listing_outline(const Request& request, const Site& site, store::Reader& db) {
  constexpr std::string_view kEnding = ".opml";
  if (!request.path.ends_with(kEnding) || request.path.size() <= kEnding.size()) return not_found();
  const auto view = request.path.substr(0, request.path.size() - kEnding.size());
  const auto listing = find_listing(db, site, view, request.query);
  if (!listing) return no_listing(db, view, request.query);
  if (listing->page_address() == "/") return members_outline(request, site, db);
  const auto title = listing->title + " - " + site.settings.site.title;
  return outline_response(db, site, title, store::blogs_in_view(db, listing->filter, site.clock.now()));
}

}  // namespace voice::server
