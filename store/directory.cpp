#include "store/directory.h"

#include <array>

#include "store/blog_rows.h"

namespace voice::store {
namespace {

constexpr std::array<std::string_view, 6> kPulses = {"live", "quiet", "silent", "waiting", "paused", "gone"};

// The pulse as its place in kPulses.
constexpr std::string_view kPulse = R"sql(CASE
        WHEN b.state = 'gone' THEN 5
        WHEN b.state = 'paused' THEN 4
        WHEN b.last_post_at IS NULL THEN 3
        WHEN b.last_post_at > :live_since THEN 0
        WHEN b.last_post_at > :quiet_since THEN 1
        ELSE 2 END)sql";

// What a filter that is not set is bound to, so that one statement serves all of them: 2,000 blogs are read in order and
// passed over, which costs less than the indexes that would avoid it.
std::string where() {
  return R"sql(
    WHERE b.state IN ('active', 'paused', 'gone')
      AND (:kind = '' OR b.kind = :kind)
      AND (:nation = '' OR o.nation = :nation)
      AND (:pulse < 0 OR :pulse = )sql" +
         std::string(kPulse) + ")";
}

// The present organisation: the affiliation that has not ended and began last.
std::string from_members(std::string_view index) {
  return " FROM blogs AS b INDEXED BY " + std::string(index) + R"sql(
      LEFT JOIN organisations AS o ON o.id = (
        SELECT a.organisation_id
        FROM affiliations AS a
        WHERE a.blog_id = b.id AND a.until_at IS NULL
        ORDER BY a.since_at DESC
        LIMIT 1))sql";
}

struct Ordering {
  std::string_view index;
  std::string forwards, backwards;
};

Ordering ordering_of(MemberOrder order) {
  const std::string by_title = "b.title COLLATE NOCASE, b.id";
  const std::string organisation = "coalesce(o.name, b.organisation)";
  switch (order) {
    case MemberOrder::title: break;
    case MemberOrder::organisation:
      return {"blogs_by_title", organisation + " IS NULL, " + organisation + " COLLATE NOCASE, " + by_title,
              organisation + " IS NULL, " + organisation + " COLLATE NOCASE DESC, " + by_title};
    case MemberOrder::kind: return {"blogs_by_title", "b.kind, " + by_title, "b.kind DESC, " + by_title};
    case MemberOrder::pulse:
      return {"blogs_by_title", std::string(kPulse) + ", " + by_title, std::string(kPulse) + " DESC, " + by_title};
    case MemberOrder::newest_post:
      return {"blogs_by_last_post", "b.last_post_at DESC, b.id", "b.last_post_at, b.id DESC"};
    case MemberOrder::posts: return {"blogs_by_posts", "b.post_count DESC, b.id", "b.post_count, b.id DESC"};
  }
  return {"blogs_by_title", by_title, "b.title COLLATE NOCASE DESC, b.id DESC"};
}

void bind_filter(Rows& rows, const MemberQuery& query, sys_seconds now) {
  rows.bind(":kind", query.kind ? name_of(*query.kind) : std::string_view())
      .bind(":nation", query.nation)
      .bind(":pulse", query.pulse ? static_cast<int>(*query.pulse) : -1)
      .bind(":live_since", now - kLiveFor)
      .bind(":quiet_since", now - kQuietFor);
}

}  // namespace

std::string_view name_of(Pulse pulse) { return kPulses[static_cast<std::size_t>(pulse)]; }

std::optional<Pulse> parse_pulse(std::string_view name) {
  for (std::size_t i = 0; i < kPulses.size(); ++i)
    if (kPulses[i] == name) return static_cast<Pulse>(i);
  return std::nullopt;
}

Pulse pulse_of(const Blog& blog, sys_seconds now) {
  if (blog.state == BlogState::gone) return Pulse::gone;
  if (blog.state == BlogState::paused) return Pulse::paused;
  if (!blog.last_post) return Pulse::waiting;
  if (*blog.last_post > now - kLiveFor) return Pulse::live;
  return *blog.last_post > now - kQuietFor ? Pulse::quiet : Pulse::silent;
}

std::string directory_sql(MemberOrder order, Sense sense) {
  const auto ordering = ordering_of(order);
  return "SELECT " + std::string(BlogColumns::kNames) + ", coalesce(o.name, b.organisation), o.slug" +
         from_members(ordering.index) + where() + " ORDER BY " +
         (sense == Sense::forwards ? ordering.forwards : ordering.backwards) + " LIMIT :limit OFFSET :offset";
}

std::vector<Member> directory(Reader& db, const MemberQuery& query, sys_seconds now) {
  auto rows = db.query(directory_sql(query.order, query.sense));
  bind_filter(rows, query, now);
  rows.bind(":limit", query.limit).bind(":offset", query.offset);
  std::vector<Member> members;
  while (rows.step()) {
    auto blog = read_blog(rows);
    const auto pulse = pulse_of(blog, now);
    members.push_back({.blog = std::move(blog),
                       .pulse = pulse,
                       .organisation = rows.text(BlogColumns::kCount),
                       .organisation_slug = rows.text(BlogColumns::kCount + 1)});
  }
  return members;
}

int count_members(Reader& db, const MemberQuery& query, sys_seconds now) {
  auto rows = db.query("SELECT count(*)" + from_members("blogs_by_title") + where());
  bind_filter(rows, query, now);
  return rows.step() ? static_cast<int>(rows.integer(0)) : 0;
}

}  // namespace voice::store
