#include "store/blogs.h"

#include <array>

#include "base/text.h"
#include "base/url.h"
#include "store/blog_rows.h"
#include "store/doubles.h"
#include "store/free_name.h"

namespace voice::store {
namespace {

constexpr std::array<std::string_view, 6> kKinds = {"practitioner",       "council_team", "sector_body",
                                                    "central_government", "supplier",     "hub"};
constexpr std::array<std::string_view, 3> kShown = {"title", "excerpt", "full"};
constexpr std::array<std::string_view, 6> kStates = {"invited", "applied", "active", "paused", "gone", "left"};

template <class Enum, std::size_t N>
std::optional<Enum> find_name(const std::array<std::string_view, N>& names, std::string_view name) {
  for (std::size_t i = 0; i < N; ++i)
    if (names[i] == name) return static_cast<Enum>(i);
  return std::nullopt;
}

constexpr std::string_view kFeedColumns =
    "f.id, f.blog_id, f.url, f.title, f.last_status, f.last_fetch_at, f.last_success_at, f.next_fetch_at, f.failures, "
    "f.failing_since, f.error_class, f.error_text, f.error_hint";

FeedRow read_feed(const Rows& rows, int first = 0) {
  return {.id = rows.id<FeedId>(first),
          .blog = rows.id<BlogId>(first + 1),
          .url = rows.text(first + 2),
          .title = rows.text(first + 3),
          .last_status = static_cast<int>(rows.integer(first + 4)),
          .last_fetch = rows.optional_time(first + 5),
          .last_success = rows.optional_time(first + 6),
          .next_fetch = rows.optional_time(first + 7),
          .failures = rows.integer(first + 8),
          .failing_since = rows.optional_time(first + 9),
          .error_class = rows.text(first + 10),
          .error_text = rows.text(first + 11),
          .error_hint = rows.text(first + 12)};
}

std::string select_blogs(std::string_view rest) {
  return "SELECT " + std::string(BlogColumns::kNames) + " FROM blogs AS b " + std::string(rest);
}

std::string select_feeds(std::string_view rest) {
  return "SELECT " + std::string(kFeedColumns) + " FROM feeds AS f " + std::string(rest);
}

std::optional<Blog> one_blog(Rows rows) {
  if (!rows.step()) return std::nullopt;
  return read_blog(rows);
}

std::optional<FeedRow> one_feed(Rows rows) {
  if (!rows.step()) return std::nullopt;
  return read_feed(rows);
}

// The same address under the other scheme, as blogs move from http to https.
std::string other_scheme(const std::string& url) {
  return url.starts_with("https:") ? "http:" + url.substr(6) : "https:" + url.substr(5);
}

}  // namespace

bool is_shown(BlogState state) {
  return state == BlogState::active || state == BlogState::paused || state == BlogState::gone;
}

std::string_view name_of(BlogKind kind) { return kKinds[static_cast<std::size_t>(kind)]; }
std::string_view name_of(Shown shown) { return kShown[static_cast<std::size_t>(shown)]; }
std::string_view name_of(BlogState state) { return kStates[static_cast<std::size_t>(state)]; }
std::optional<BlogKind> parse_blog_kind(std::string_view name) { return find_name<BlogKind>(kKinds, name); }
std::optional<Shown> parse_shown(std::string_view name) { return find_name<Shown>(kShown, name); }
std::optional<BlogState> parse_blog_state(std::string_view name) { return find_name<BlogState>(kStates, name); }

Blog read_blog(const Rows& rows) {
  return {.id = rows.id<BlogId>(0),
          .slug = rows.text(1),
          .title = rows.text(2),
          .home_url = rows.text(3),
          .description = rows.text(4),
          .language = rows.text(5),
          .author = rows.text(6),
          .organisation = rows.text(7),
          .kind = parse_blog_kind(rows.text_view(8)).value_or(BlogKind::practitioner),
          .shown = parse_shown(rows.text_view(9)).value_or(Shown::excerpt),
          .licence = rows.text(10),
          .state = parse_blog_state(rows.text_view(11)).value_or(BlogState::paused),
          .created = rows.time(12),
          .joined = rows.optional_time(13),
          .last_post = rows.optional_time(14),
          .post_count = rows.integer(15)};
}

Result<AddedBlog> add_blog(Writer& db, const NewBlog& blog, sys_seconds now) {
  std::string feed_url;
  if (!blog.feed_url.empty()) {
    auto url = parse_url(blog.feed_url);
    if (!url || !url->is_web())
      return Error{ErrorCode::malformed, "\"" + blog.feed_url + "\" is not an http or https address"};
    url->fragment.reset();
    feed_url = url->text();
    if (find_feed_by_url(db, feed_url) || find_feed_by_url(db, other_scheme(feed_url)))
      return Error{ErrorCode::conflict, feed_url + " is already here"};
  }
  const bool active = blog.state == BlogState::active;
  db.change(R"sql(
    INSERT INTO blogs (slug, title, home_url, description, language, author, organisation, kind, shown, licence, state,
                       created_at, joined_at)
    VALUES (:slug, :title, :home_url, :description, :language, :author, :organisation, :kind, :shown, :licence, :state,
            :now, :joined))sql")
      .bind(":slug", free_slug(db, blog.title))
      .bind(":title", blog.title)
      .bind_or_null(":home_url", blog.home_url)
      .bind_or_null(":description", blog.description)
      .bind_or_null(":language", blog.language)
      .bind_or_null(":author", blog.author)
      .bind_or_null(":organisation", blog.organisation)
      .bind(":kind", name_of(blog.kind))
      .bind(":shown", name_of(blog.shown))
      .bind_or_null(":licence", blog.licence)
      .bind(":state", name_of(blog.state))
      .bind(":now", now)
      .bind(":joined", active ? std::optional(now) : std::nullopt)
      .run();
  AddedBlog added{.blog = BlogId{db.last_id()}, .feed = {}};
  if (!feed_url.empty()) {
    db.change(R"sql(
      INSERT INTO feeds (blog_id, url, next_fetch_at, created_at)
      VALUES (:blog, :url, :next, :now))sql")
        .bind(":blog", added.blog)
        .bind(":url", feed_url)
        .bind(":next", active ? std::optional(now) : std::nullopt)
        .bind(":now", now)
        .run();
    added.feed = FeedId{db.last_id()};
  }
  bump_change_number(db);
  return added;
}

void set_blog_state(Writer& db, BlogId blog, BlogState state, sys_seconds now) {
  const bool active = state == BlogState::active;
  db.change(R"sql(
    UPDATE blogs
    SET state = :state, joined_at = CASE WHEN :active THEN coalesce(joined_at, :now) ELSE joined_at END
    WHERE id = :blog)sql")
      .bind(":state", name_of(state))
      .bind(":active", active)
      .bind(":now", now)
      .bind(":blog", blog)
      .run();
  if (state == BlogState::left) release_doubles_of(db, blog);
  db.change("UPDATE feeds SET next_fetch_at = :next WHERE blog_id = :blog")
      .bind(":next", active ? std::optional(now) : std::nullopt)
      .bind(":blog", blog)
      .run();
  bump_change_number(db);
}

std::optional<Blog> find_blog(Reader& db, BlogId id) {
  auto rows = db.query(select_blogs("WHERE b.id = :id"));
  rows.bind(":id", id);
  return one_blog(std::move(rows));
}

std::optional<Blog> find_blog_by_slug(Reader& db, std::string_view slug) {
  auto rows = db.query(select_blogs("WHERE b.slug = :slug"));
  rows.bind(":slug", slug);
  return one_blog(std::move(rows));
}

std::optional<FeedRow> find_feed(Reader& db, FeedId id) {
  auto rows = db.query(select_feeds("WHERE f.id = :id"));
  rows.bind(":id", id);
  return one_feed(std::move(rows));
}

std::optional<FeedRow> find_feed_by_url(Reader& db, std::string_view url) {
  auto rows = db.query(select_feeds("WHERE f.url = :url"));
  rows.bind(":url", url);
  return one_feed(std::move(rows));
}

std::vector<FeedRow> feeds_of(Reader& db, BlogId blog) {
  auto rows = db.query(select_feeds("WHERE f.blog_id = :blog ORDER BY f.id"));
  rows.bind(":blog", blog);
  std::vector<FeedRow> feeds;
  while (rows.step()) feeds.push_back(read_feed(rows));
  return feeds;
}

std::vector<Blog> blogs_in_state(Reader& db, BlogState state) {
  auto rows = db.query(select_blogs("WHERE b.state = :state ORDER BY b.title COLLATE NOCASE, b.id"));
  rows.bind(":state", name_of(state));
  std::vector<Blog> blogs;
  while (rows.step()) blogs.push_back(read_blog(rows));
  return blogs;
}

std::vector<FailingFeed> failing_feeds(Reader& db, int limit) {
  auto rows = db.query("SELECT " + std::string(BlogColumns::kNames) + ", " + std::string(kFeedColumns) + R"sql(
    FROM blogs AS b JOIN feeds AS f ON f.blog_id = b.id
    WHERE b.state = 'active' AND f.error_class IS NOT NULL
    ORDER BY b.title COLLATE NOCASE, f.id
    LIMIT :limit)sql");
  rows.bind(":limit", limit);
  std::vector<FailingFeed> failing;
  while (rows.step()) failing.push_back({.blog = read_blog(rows), .feed = read_feed(rows, BlogColumns::kCount)});
  return failing;
}

std::int64_t count_feeds(Reader& db) {
  auto rows = db.query("SELECT count(*) FROM feeds");
  rows.step();
  return rows.integer(0);
}

std::string free_slug(Reader& db, std::string_view title) {
  const std::string wanted = slug_of(title).empty() ? "blog" : slug_of(title);
  return free_name(wanted, [&db](const std::string& slug) { return find_blog_by_slug(db, slug).has_value(); });
}

}  // namespace voice::store
