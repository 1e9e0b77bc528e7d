// store/archive.h - how many posts when: for the archive, and for the chart on a blog's page.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "store/blogs.h"
#include "store/db.h"

namespace voice::store {

struct PeriodCount {
  std::string period;  ///< "2025-06-20", "2025-06" or "2025", in London
  std::int64_t posts = 0;
};

/// Days from `from` to before `until` that have posts, newest first. `from` is a full hour, as the beginnings of London's
/// days are.
std::vector<PeriodCount> days_with_posts(Reader& db, sys_seconds from, sys_seconds until);
/// The same by month.
std::vector<PeriodCount> months_with_posts(Reader& db, sys_seconds from, sys_seconds until);
/// When the oldest and the newest post that can be seen now stand; nothing where there is none.
struct Span {
  sys_seconds oldest{};
  sys_seconds newest{};
};
std::optional<Span> span_of_posts(Reader& db, sys_seconds now);
/// The nearest post before `t`, and the nearest at or after it but not after `now`.
std::optional<sys_seconds> last_post_before(Reader& db, sys_seconds t);
std::optional<sys_seconds> first_post_from(Reader& db, sys_seconds t, sys_seconds now);

/// How many posts readers could first see (store/river.h, appeared()) from `from` to before `until`; with those that are not
/// shown now, which keep their places.
std::int64_t count_appeared(Reader& db, sys_seconds from, sys_seconds until);
/// When the last of them before `t` appeared.
std::optional<sys_seconds> last_appeared_before(Reader& db, sys_seconds t);

/// Posts of a blog by month from `from` on, oldest first; months without posts are left out.
std::vector<PeriodCount> blog_months(Reader& db, BlogId blog, sys_seconds from);

/// Every active blog's feeds with what came of the last try, for a hub that has nothing to show yet.
std::vector<FailingFeed> feeds_of_active_blogs(Reader& db, int limit);
std::int64_t count_active_blogs(Reader& db);
}  // namespace voice::store
