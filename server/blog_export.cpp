#include "server/blog_export.h"

#include <limits>
#include <nlohmann/json.hpp>

#include "base/time.h"
#include "store/feed_state.h"
#include "store/river.h"

namespace voice::server {
namespace {

using Json = nlohmann::ordered_json;

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }
Json time_or_null(std::optional<sys_seconds> time) { return time ? Json(rfc3339(*time)) : Json(nullptr); }

Json application_json(const store::Application& application) {
  const auto& answers = application.answers;
  return {{"reference", application.reference},
          {"state", store::name_of(application.state)},
          {"address", application.address},
          {"title", answers.title},
          {"writer", answers.writer},
          {"organisation", text_or_null(answers.organisation)},
          {"kind", answers.kind},
          {"topics", answers.topics},
          {"shown", answers.shown},
          {"licence", text_or_null(answers.licence)},
          {"email", answers.email},
          {"sent", time_or_null(application.sent)},
          {"decided", time_or_null(application.decided)},
          {"reason", text_or_null(application.reason)},
          {"proved", time_or_null(application.proved)}};
}

Json blog_json(const store::Blog& blog) {
  return {{"title", blog.title},
          {"slug", blog.slug},
          {"home_page", text_or_null(blog.home_url)},
          {"description", text_or_null(blog.description)},
          {"language", text_or_null(blog.language)},
          {"writer", text_or_null(blog.author)},
          {"organisation", text_or_null(blog.organisation)},
          {"kind", store::name_of(blog.kind)},
          {"shown", store::name_of(blog.shown)},
          {"licence", text_or_null(blog.licence)},
          {"state", store::name_of(blog.state)},
          {"joined", time_or_null(blog.joined)},
          {"posts", blog.post_count}};
}

Json feed_json(store::Reader& db, const store::FeedRow& feed) {
  Json fetches = Json::array();
  for (const auto& line : store::fetch_history(db, feed.id))
    fetches.push_back({{"at", rfc3339(line.at)},
                       {"outcome", line.outcome},
                       {"status", line.status},
                       {"said", text_or_null(line.sentence)},
                       {"new_posts", line.added},
                       {"changed_posts", line.changed}});
  return {{"url", feed.url},
          {"last_fetch", time_or_null(feed.last_fetch)},
          {"last_success", time_or_null(feed.last_success)},
          {"next_fetch", time_or_null(feed.next_fetch)},
          {"problem", text_or_null(feed.error_text)},
          {"fetches", std::move(fetches)}};
}

std::string_view name_of(store::PostFate fate) {
  switch (fate) {
    case store::PostFate::shown: return "shown";
    case store::PostFate::hidden: return "hidden";
    case store::PostFate::waits_for_its_day: return "waits_for_its_day";
    case store::PostFate::shown_elsewhere: return "shown_elsewhere";
  }
  return {};
}

Json posts_json(store::Reader& db, BlogId blog, sys_seconds now) {
  Json posts = Json::array();
  for (const auto& post : store::newest_posts_of(db, blog, now, std::numeric_limits<int>::max()))
    posts.push_back({{"url", post.url},
                     {"title", text_or_null(post.title)},
                     {"published", time_or_null(post.published)},
                     {"first_seen", rfc3339(post.first_seen)},
                     {"here", name_of(post.fate)},
                     {"content_html", store::body_of(db, post.id).text()}});
  return posts;
}

}  // namespace

std::string blog_export(store::Reader& db, const views::MyBlog& mine, sys_seconds now) {
  Json all = {{"exported", rfc3339(now)}, {"application", application_json(mine.application)}};
  if (mine.blog) {
    all["blog"] = blog_json(*mine.blog);
    if (mine.feed) all["feed"] = feed_json(db, *mine.feed);
    all["posts"] = posts_json(db, mine.blog->id, now);
  }
  return all.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace voice::server
