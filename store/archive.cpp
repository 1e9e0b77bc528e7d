#include "store/archive.h"

#include "base/time.h"

namespace voice::store {
namespace {
constexpr std::size_t kDay = 10, kMonth = 7;  // letters of "2026-11-28" that name the period

sys_seconds period_start(sys_seconds t, std::size_t letters) {
  using namespace std::chrono;
  const year_month_day day{floor<days>(london(t))};
  return london_midnight(letters == kDay ? day : day.year() / day.month() / 1);
}

// Sums by London's days or months, which SQLite does not know. What is added comes newest first, so a date is only worked
// out where a period ends.
class Sums {
 public:
  explicit Sums(std::size_t letters) : letters_(letters) {}
  void add(sys_seconds at, std::int64_t posts) {
    if (posts == 0) return;
    if (at < begins_) {
      begins_ = period_start(at, letters_);
      counts_.push_back({iso_day(at).substr(0, letters_), 0});
    }
    counts_.back().posts += posts;
  }
  std::vector<PeriodCount> take() { return std::move(counts_); }

 private:
  const std::size_t letters_;
  sys_seconds begins_ = sys_seconds::max();
  std::vector<PeriodCount> counts_;
};

// The hour that has begun is counted post by post: what is dated later in it waits.
std::int64_t posts_between(Reader& db, sys_seconds from, sys_seconds until) {
  auto rows = db.query(R"sql(
    SELECT count(*)
    FROM entries AS e CROSS JOIN blogs AS b ON b.id = e.blog_id
    WHERE e.hidden_at IS NULL AND e.same_as IS NULL AND e.river_at >= :from AND e.river_at < :until
      AND b.state IN ('active', 'paused', 'gone'))sql");
  rows.bind(":from", from).bind(":until", until);
  return rows.step() ? rows.integer(0) : 0;
}

std::vector<PeriodCount> counted_between(Reader& db, sys_seconds from, sys_seconds until, std::size_t letters) {
  using std::chrono::hours;
  const auto last_hour = std::chrono::floor<hours>(until);
  Sums sums(letters);
  if (until > last_hour) sums.add(last_hour, posts_between(db, last_hour, until));
  auto rows = db.query(R"sql(
    SELECT hour, posts FROM post_hours WHERE hour >= :from AND hour < :until ORDER BY hour DESC)sql");
  rows.bind(":from", std::chrono::floor<hours>(from).time_since_epoch().count())
      .bind(":until", last_hour.time_since_epoch().count());
  while (rows.step()) sums.add(sys_seconds{hours{rows.integer(0)}}, rows.integer(1));
  return sums.take();
}
}  // namespace

std::vector<PeriodCount> days_with_posts(Reader& db, sys_seconds from, sys_seconds until) {
  return counted_between(db, from, until, kDay);
}

std::vector<PeriodCount> months_with_posts(Reader& db, sys_seconds from, sys_seconds until) {
  return counted_between(db, from, until, kMonth);
}

std::optional<sys_seconds> last_post_before(Reader& db, sys_seconds t) {
  auto rows = db.query(R"sql(
    SELECT river_at FROM entries
    WHERE hidden_at IS NULL AND same_as IS NULL AND river_at < :t
    ORDER BY river_at DESC, id DESC
    LIMIT 1)sql");
  rows.bind(":t", t);
  return rows.step() ? std::optional(rows.time(0)) : std::nullopt;
}

std::optional<sys_seconds> first_post_from(Reader& db, sys_seconds t, sys_seconds now) {
  auto rows = db.query(R"sql(
    SELECT river_at FROM entries
    WHERE hidden_at IS NULL AND same_as IS NULL AND river_at >= :t AND river_at <= :now
    ORDER BY river_at, id
    LIMIT 1)sql");
  rows.bind(":t", t).bind(":now", now);
  return rows.step() ? std::optional(rows.time(0)) : std::nullopt;
}

std::optional<Span> span_of_posts(Reader& db, sys_seconds now) {
  const auto oldest = first_post_from(db, sys_seconds::min(), now);
  const auto newest = last_post_before(db, now + std::chrono::seconds{1});
  if (!oldest || !newest) return std::nullopt;
  return Span{.oldest = *oldest, .newest = *newest};
}

std::int64_t count_appeared(Reader& db, sys_seconds from, sys_seconds until) {
  auto rows = db.query("SELECT count(*) FROM entries WHERE appeared_at >= :from AND appeared_at < :until");
  rows.bind(":from", from).bind(":until", until);
  return rows.step() ? rows.integer(0) : 0;
}

std::optional<sys_seconds> last_appeared_before(Reader& db, sys_seconds t) {
  auto rows = db.query(R"sql(
    SELECT appeared_at FROM entries
    WHERE appeared_at < :t
    ORDER BY appeared_at DESC
    LIMIT 1)sql");
  rows.bind(":t", t);
  return rows.step() ? std::optional(rows.time(0)) : std::nullopt;
}

std::vector<PeriodCount> blog_months(Reader& db, BlogId blog, sys_seconds from) {
  auto rows = db.query(R"sql(
    SELECT river_at FROM entries
    WHERE blog_id = :blog AND hidden_at IS NULL AND same_as IS NULL AND river_at >= :from
    ORDER BY river_at DESC)sql");
  rows.bind(":blog", blog).bind(":from", from);
  Sums sums(kMonth);
  while (rows.step()) sums.add(rows.time(0), 1);
  const auto months = sums.take();
  return {months.rbegin(), months.rend()};
}

std::vector<FailingFeed> feeds_of_active_blogs(Reader& db, int limit) {
  std::vector<FailingFeed> feeds;
  for (auto& blog : blogs_in_state(db, BlogState::active))
    for (auto& feed : feeds_of(db, blog.id)) {
      if (static_cast<int>(feeds.size()) >= limit) return feeds;
      feeds.push_back({.blog = blog, .feed = std::move(feed)});
    }
  return feeds;
}

std::int64_t count_active_blogs(Reader& db) {
  auto rows = db.query("SELECT count(*) FROM blogs WHERE state = 'active'");
  return rows.step() ? rows.integer(0) : 0;
}

}  // namespace voice::store
