#include "store/directory.h"

#include <array>

namespace voice::store {
namespace {

constexpr std::array<std::string_view, 5> kPulses = {"live", "quiet", "silent", "gone", "waiting"};

// What a filter that is not set is bound to, so that one statement serves all of them: 2,000 blogs are read in order and
// passed over, which costs less than the indexes that would avoid it.
constexpr std::string_view kWhere = R"sql(
    WHERE b.state IN ('active', 'paused', 'gone')
      AND (:kind = '' OR b.kind = :kind)
      AND (:nation = '' OR o.nation = :nation)
      AND (:pulse = '' OR :pulse = CASE
        WHEN b.state = 'gone' THEN 'gone'
        WHEN b.last_post_at IS NULL THEN 'waiting'
        WHEN b.last_post_at > :live_since THEN 'live'
        WHEN b.last_post_at > :quiet_since THEN 'quiet'
        ELSE 'silent' END))sql";

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

void bind_filter(Rows& rows, const MemberQuery& query, sys_seconds now) {
  rows.bind(":kind", query.kind ? name_of(*query.kind) : std::string_view())
      .bind(":nation", query.nation)
      .bind(":pulse", query.pulse ? name_of(*query.pulse) : std::string_view())
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
  if (!blog.last_post) return Pulse::waiting;
  if (*blog.last_post > now - kLiveFor) return Pulse::live;
  return *blog.last_post > now - kQuietFor ? Pulse::quiet : Pulse::silent;
}

std::string directory_sql(MemberOrder order) {
  const bool by_title = order == MemberOrder::title;
  return "SELECT b.id, o.name, o.slug, o.nation" + from_members(by_title ? "blogs_by_title" : "blogs_by_last_post") +
         std::string(kWhere) +
         (by_title ? " ORDER BY b.title COLLATE NOCASE, b.id" : " ORDER BY b.last_post_at DESC, b.id") +
         " LIMIT :limit OFFSET :offset";
}

std::vector<Member> directory(Reader& db, const MemberQuery& query, sys_seconds now) {
  auto rows = db.query(directory_sql(query.order));
  bind_filter(rows, query, now);
  rows.bind(":limit", query.limit).bind(":offset", query.offset);
  std::vector<Member> members;
  while (rows.step()) {
    auto blog = find_blog(db, rows.id<BlogId>(0));
    if (!blog) continue;
    const auto pulse = pulse_of(*blog, now);
    members.push_back({.blog = std::move(*blog),
                       .pulse = pulse,
                       .organisation = rows.text(1),
                       .organisation_slug = rows.text(2),
                       .nation = rows.text(3)});
  }
  return members;
}

int count_members(Reader& db, const MemberQuery& query, sys_seconds now) {
  auto rows = db.query("SELECT count(*)" + from_members("blogs_by_title") + std::string(kWhere));
  bind_filter(rows, query, now);
  return rows.step() ? static_cast<int>(rows.integer(0)) : 0;
}

}  // namespace voice::store
