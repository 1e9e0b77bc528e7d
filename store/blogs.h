// store/blogs.h - the blogs we carry and the feeds they are read from.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/db.h"

namespace voice::store {

enum class BlogKind { practitioner, council_team, sector_body, central_government, supplier, hub };
enum class Shown { title, excerpt, full };  ///< how much of a post its blogger agreed to have shown here
/// invited: listed nowhere until its owner accepts; applied: waits for an editor; gone: its feed answered 410 or its site
/// is lost; left: its owner asked to go.
enum class BlogState { invited, applied, active, paused, gone, left };

/// Whether readers see such a blog and its posts.
bool is_shown(BlogState state);

std::string_view name_of(BlogKind kind);  ///< as stored: "council_team"
std::string_view name_of(Shown shown);
std::string_view name_of(BlogState state);
std::optional<BlogKind> parse_blog_kind(std::string_view name);
std::optional<Shown> parse_shown(std::string_view name);
std::optional<BlogState> parse_blog_state(std::string_view name);

struct Blog {
  BlogId id;
  std::string slug;
  std::string title;
  std::string home_url;
  std::string description;
  std::string language;
  std::string author;        ///< who writes, where that is one person
  std::string organisation;  ///< in its owner's words
  BlogKind kind = BlogKind::practitioner;
  Shown shown = Shown::excerpt;
  std::string licence;
  BlogState state = BlogState::active;
  sys_seconds created{};
  std::optional<sys_seconds> joined;
  std::optional<sys_seconds> last_post;
  std::int64_t post_count = 0;
};

/// A feed as readers and editors see it; what the fetcher keeps besides is in store/feed_state.h.
struct FeedRow {
  FeedId id;
  BlogId blog;
  std::string url;
  std::string title;
  int last_status = 0;
  std::optional<sys_seconds> last_fetch;
  std::optional<sys_seconds> last_success;
  std::optional<sys_seconds> next_fetch;
  std::int64_t failures = 0;
  std::optional<sys_seconds> failing_since;
  std::string error_class;  ///< empty: the last refresh went well
  std::string error_text;
  std::string error_hint;
};

struct NewBlog {
  std::string title;     ///< must not be empty
  std::string feed_url;  ///< absolute http or https; may be empty for the hub's own
  std::string home_url;
  std::string description;
  std::string language;
  std::string author;
  std::string organisation;
  BlogKind kind = BlogKind::practitioner;
  Shown shown = Shown::excerpt;
  std::string licence;
  BlogState state = BlogState::active;
};

struct AddedBlog {
  BlogId blog;
  FeedId feed;
};

/// Stores a blog with its feed; an active one is due at once. Errors: conflict when the feed's address is already here (also
/// under the other of http and https), malformed when the address is no web address.
Result<AddedBlog> add_blog(Writer& db, const NewBlog& blog, sys_seconds now);
/// Changes a blog's state; entering active makes its feeds due, leaving it stops them.
void set_blog_state(Writer& db, BlogId blog, BlogState state, sys_seconds now);

std::optional<Blog> find_blog(Reader& db, BlogId id);
std::optional<Blog> find_blog_by_slug(Reader& db, std::string_view slug);
std::optional<FeedRow> find_feed(Reader& db, FeedId id);
std::optional<FeedRow> find_feed_by_url(Reader& db, std::string_view url);
std::vector<FeedRow> feeds_of(Reader& db, BlogId blog);
/// Blogs in one state by title.
std::vector<Blog> blogs_in_state(Reader& db, BlogState state);
/// Feeds of active blogs whose last refresh failed, by title of the blog.
struct FailingFeed {
  Blog blog;
  FeedRow feed;
};
std::vector<FailingFeed> failing_feeds(Reader& db, int limit);
std::int64_t count_feeds(Reader& db);

/// A slug that no blog has: `wanted`, or `wanted-2` and so on; "blog" where nothing of the title is left.
std::string free_slug(Reader& db, std::string_view title);

}  // namespace voice::store
