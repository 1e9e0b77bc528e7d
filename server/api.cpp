#include "server/api.h"

#include <algorithm>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

#include "base/numbers.h"
#include "base/text.h"
#include "base/time.h"
#include "base/url.h"
#include "server/listing.h"
#include "store/around_post.h"
#include "store/blogs.h"
#include "store/organisations.h"
#include "store/search.h"
#include "store/topics.h"

namespace voice::server {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kUsualLimit = 20;
constexpr int kMostInAPage = 100;

Response api_response(const Json& document, int status = 200) {
  auto response = json(document.dump(1, ' ', false, Json::error_handler_t::replace) + "\n", status);
  response.set("Access-Control-Allow-Origin", "*");
  response.set("Cache-Control", status == 200 ? "public, max-age=60" : "no-store");
  return response;
}

/// {"error": {"code": ..., "what": ...}}
Response api_problem(int status, const char* code, const std::string& what) {
  return api_response({{"error", {{"code", code}, {"what", what}}}}, status);
}

Response no_such(const std::string& what) { return api_problem(404, "not_found", what); }
Response taken_away(const std::string& what) { return api_problem(410, "gone", what); }
Response malformed(const std::string& what) { return api_problem(422, "malformed", what); }

/// What is wrong with the parameters, if anything. One that we don't know is refused: whoever asks for the posts of a year
/// and gets those of all years would not notice.
std::optional<Response> refused(const Request& request, std::initializer_list<std::string_view> known) {
  for (const auto& [name, value] : request.query)
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      std::string names;
      for (const auto& one : known) (names += names.empty() ? "" : ", ") += one;
      return malformed("there is no parameter \"" + std::string(utf8_prefix(name, 40)) + "\" here; " +
                       (names.empty() ? "this address takes none" : "this address takes " + names));
    }
  return std::nullopt;
}

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }
Json time_or_null(std::optional<sys_seconds> time) { return time ? Json(rfc3339(*time)) : Json(nullptr); }

/// 1 to 100; nothing where it was asked for and is something else.
std::optional<int> limit_of(const Request& request) {
  const std::string* text = request.query.find("limit");
  if (!text) return kUsualLimit;
  const auto limit = parse_number<int>(*text);
  return limit && *limit >= 1 && *limit <= kMostInAPage ? limit : std::nullopt;
}

Json entry_json(const Site& site, store::Reader& db, const store::RiverEntry& post) {
  Json authors = Json::array();
  for (const auto& person : post.authors)
    if (!person.name.empty()) authors.push_back({{"name", person.name}, {"url", text_or_null(person.url)}});
  Json topics = Json::array();
  for (const auto& topic : store::topics_of(db, post.id)) topics.push_back(topic.slug);
  const bool more_than_title = post.shown != store::Shown::title;
  return {{"id", std::to_string(post.id.value)},
          {"url", post.url},
          {"page", site.address_of("/posts/" + std::to_string(post.id.value))},
          {"original_id", post.original_id},
          {"title", text_or_null(post.title)},
          {"excerpt", more_than_title ? text_or_null(post.excerpt) : Json(nullptr)},
          {"language", text_or_null(post.language.empty() ? post.blog_language : post.language)},
          {"published", time_or_null(post.published)},
          {"updated", time_or_null(post.updated)},
          {"first_seen", rfc3339(post.first_seen)},
          {"authors", authors},
          {"byline", text_or_null(post.author)},
          {"tags", post.tags},
          {"topics", topics},
          {"rights", text_or_null(post.rights)},
          {"licence", text_or_null(post.licence)},
          {"blog", {{"slug", post.blog_slug}, {"title", post.blog_title}, {"url", text_or_null(post.blog_home_url)}}},
          {"source", {{"feed", post.feed_url}, {"title", text_or_null(post.feed_title)}}}};
}

/// What organisation= takes for the blog's posts of today.
Json organisation_slug(store::Reader& db, BlogId blog) {
  const auto organisation = store::current_organisation(db, blog);
  return organisation ? Json(organisation->slug) : Json(nullptr);
}

Json blog_json(const Site& site, store::Reader& db, const store::Blog& blog) {
  Json feeds = Json::array();
  for (const auto& feed : store::feeds_of(db, blog.id)) feeds.push_back(feed.url);
  return {{"slug", blog.slug},
          {"title", blog.title},
          {"url", text_or_null(blog.home_url)},
          {"page", site.address_of("/blogs/" + blog.slug)},
          {"description", text_or_null(blog.description)},
          {"language", text_or_null(blog.language)},
          {"author", text_or_null(blog.author)},
          {"organisation", text_or_null(blog.organisation)},
          {"organisation_slug", organisation_slug(db, blog.id)},
          {"kind", store::name_of(blog.kind)},
          {"state", store::name_of(blog.state)},
          {"shown", store::name_of(blog.shown)},
          {"licence", text_or_null(blog.licence)},
          {"joined", time_or_null(blog.joined)},
          {"last_post", time_or_null(blog.last_post)},
          {"posts", blog.post_count},
          {"feeds", feeds}};
}

/// The view that the filters name, and the filters as they go into the next page's address.
struct View {
  std::string path = "/";
  Fields query;
  std::string filter;  ///< "blog=ann&"
};

std::optional<View> view_of(const Request& request) {
  View view;
  int filters = 0;
  const auto named = [&](const char* name, const char* place) {
    const auto value = request.query.get(name);
    if (value.empty()) return;
    view.path = place + value;
    view.filter = std::string(name) + "=" + percent_encode(value) + "&";
    ++filters;
  };
  named("blog", "/blogs/");
  named("topic", "/topics/");
  named("organisation", "/organisations/");
  named("person", "/people/");
  if (const auto words = request.query.get("q"); !words.empty()) {
    view.path = "/search";
    view.query.add("q", words);
    view.filter = "q=" + percent_encode(words) + "&";
    ++filters;
  }
  return filters <= 1 ? std::optional(view) : std::nullopt;
}

/// Slugs are what `after` is made of.
bool is_slug(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return is_digit(c) || c == '-' || (is_alpha(c) && c >= 'a'); });
}

const char* code_for(int status) {
  switch (status) {
    case 404: return "not_found";
    case 405: return "method_not_allowed";
    case 410: return "gone";
    case 413: return "too_large";
    case 429: return "too_many_requests";
    default: return status < 500 ? "malformed" : "failed";
  }
}

const char* sentence_for(int status) {
  switch (status) {
    case 404: return "there is no such address";
    case 405: return "this address is for reading only";
    case 410: return "this was taken away";
    case 413: return "that is too large";
    case 429: return "that was too often; wait a minute";
    default: return status < 500 ? "this cannot be read" : "something went wrong here; try again in a few minutes";
  }
}

}  // namespace

Response api_failure(const Site& site, int status) {
  return api_problem(status, code_for(status),
                     std::string(sentence_for(status)) + "; the manual is " + site.address_of("/api"));
}

Response api_entries(const Request& request, const Site& site, store::Reader& db) {
  if (auto problem = refused(request, {"blog", "topic", "organisation", "person", "q", "limit", "before"}))
    return *problem;
  const auto limit = limit_of(request);
  if (!limit) return malformed("limit is a number from 1 to 100");
  const auto before_text = request.query.get("before");
  const auto before = store::parse_cursor(before_text);
  if (!before_text.empty() && !before) return malformed("before is a cursor from an earlier answer's next");
  const auto view = view_of(request);
  if (!view) return malformed("give one of blog, topic, organisation, person and q");
  if (const auto words = request.query.get("q"); !words.empty() && store::parse_search(words).empty())
    return malformed("q holds no word to look for");
  const auto listing = find_listing(db, site, view->path, view->query);
  if (!listing)
    return no_listing(db, view->path, view->query).status == 410 ? taken_away("this blog has left")
                                                                 : no_such("nothing is called that");

  const auto entries = entries_of(db, *listing, site.clock.now(), before, *limit);
  Json items = Json::array();
  for (const auto& entry : entries) items.push_back(entry_json(site, db, entry));
  Json next = nullptr;
  if (static_cast<int>(entries.size()) == *limit)
    next = site.address_of("/api/v1/entries?" + view->filter + "limit=" + std::to_string(*limit) +
                           "&before=" + entries.back().cursor().text());
  return api_response({{"items", std::move(items)}, {"next", std::move(next)}});
}

Response api_entry(const Request& request, const Site& site, store::Reader& db) {
  if (auto problem = refused(request, {})) return *problem;
  const EntryId id{parse_number<std::int64_t>(request.captures.get("id")).value_or(0)};
  const auto entry = store::find_entry(db, id);
  if (!entry && store::why_absent(db, id) != store::Absence::never_was)
    return taken_away("this entry was taken away, or its blog has left");
  if (!entry || entry->river_at > site.clock.now()) return no_such("there is no such entry");
  return api_response(entry_json(site, db, *entry));
}

Response api_blogs(const Request& request, const Site& site, store::Reader& db) {
  if (auto problem = refused(request, {"limit", "after"})) return *problem;
  const auto limit = limit_of(request);
  if (!limit) return malformed("limit is a number from 1 to 100");
  const auto after = request.query.get("after");
  if (!is_slug(after)) return malformed("after is a cursor from an earlier answer's next");
  auto blogs = store::blogs_in_state(db, store::BlogState::active);
  std::ranges::sort(blogs, {}, &store::Blog::slug);
  auto at = std::ranges::upper_bound(blogs, after, {}, &store::Blog::slug);
  Json items = Json::array();
  for (; at != blogs.end() && static_cast<int>(items.size()) < *limit; ++at) items.push_back(blog_json(site, db, *at));
  Json next = nullptr;
  if (at != blogs.end())
    next = site.address_of("/api/v1/blogs?limit=" + std::to_string(*limit) + "&after=" + std::prev(at)->slug);
  return api_response({{"items", std::move(items)}, {"next", std::move(next)}});
}

Response api_blog(const Request& request, const Site& site, store::Reader& db) {
  if (auto problem = refused(request, {})) return *problem;
  const auto blog = store::find_blog_by_slug(db, request.captures.get("slug"));
  if (blog && blog->state == store::BlogState::left) return taken_away("this blog has left");
  if (!blog || !store::is_shown(blog->state)) return no_such("there is no such blog");
  return api_response(blog_json(site, db, *blog));
}

Response api_topics(const Request& request, const Site& site, store::Reader& db) {
  if (auto problem = refused(request, {})) return *problem;
  Json items = Json::array();
  for (const auto& topic : store::all_topics(db))
    items.push_back({{"slug", topic.slug},
                     {"name", topic.name},
                     {"description", text_or_null(topic.description)},
                     {"page", site.address_of("/topics/" + topic.slug)},
                     {"posts", topic.post_count}});
  return api_response({{"items", std::move(items)}, {"next", nullptr}});
}

Response api_organisations(const Request& request, const Site& site, store::Reader& db) {
  if (auto problem = refused(request, {})) return *problem;
  Json items = Json::array();
  for (const auto& body : store::organisations_with_blogs(db))
    items.push_back({{"slug", body.slug},
                     {"name", body.name},
                     {"code", text_or_null(body.code)},
                     {"kind", body.kind},
                     {"nation", text_or_null(body.nation)},
                     {"page", site.address_of("/organisations/" + body.slug)},
                     {"blogs", body.blog_count},
                     {"posts", body.post_count}});
  return api_response({{"items", std::move(items)}, {"next", nullptr}});
}

}  // namespace voice::server
