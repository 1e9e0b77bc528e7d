// store/membership.h - what bloggers and editors change about a blog that is here, and the fate of each of its posts.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/blogs.h"
#include "store/db.h"

namespace voice::store {

/// Title, byline, organisation, kind, how much is shown, licence. Feed address and state are left as they are.
void change_details(Writer& db, BlogId blog, const NewBlog& details);
/// Due now, or once `floor` has passed since it was last fetched; only for feeds of active blogs.
void make_feed_due(Writer& db, FeedId feed, sys_seconds now, std::chrono::seconds floor);
/// The feed is read from `url` from now on, as if for the first time. Errors: conflict when another feed has that address,
/// malformed when it is no web address.
Result<Done> change_feed_address(Writer& db, FeedId feed, const std::string& url, sys_seconds now);

enum class PostFate { shown, hidden, waits_for_its_day, shown_elsewhere };

/// One post as its blogger and the editors see it: what became of it here.
struct PostRow {
  EntryId id;
  BlogId blog;
  std::string blog_title;
  std::string title;  ///< empty: it has none
  std::string url;
  std::string excerpt;
  PostFate fate = PostFate::shown;
  std::optional<sys_seconds> published;
  sys_seconds first_seen{};
  EntryId same_as;  ///< where it is shown instead
};

std::vector<PostRow> newest_posts_of(Reader& db, BlogId blog, sys_seconds now, int limit);
/// Of all blogs, hidden ones included; `words` in title or blog title narrow it, empty: all.
std::vector<PostRow> newest_posts(Reader& db, std::string_view words, sys_seconds now, int limit);
std::optional<PostRow> find_post(Reader& db, EntryId entry, sys_seconds now);

/// False when it was hidden (or shown) before. It stays hidden when it is fetched again.
bool hide_post(Writer& db, EntryId entry, sys_seconds now);
bool restore_post(Writer& db, EntryId entry, sys_seconds now);

}  // namespace voice::store
