#include "store/fetch_figures.h"

namespace voice::store {

FetchFigures fetch_figures(Reader& db, sys_seconds now) {
  auto rows = db.query(R"sql(
    SELECT count(*), total(f.failures > 0), total(f.last_fetch_at > :day_ago), max(f.last_fetch_at)
    FROM blogs AS b JOIN feeds AS f ON f.blog_id = b.id
    WHERE b.state = 'active')sql");
  rows.bind(":day_ago", now - std::chrono::hours{24});
  if (!rows.step()) return {};
  return {.feeds = rows.integer(0),
          .failing = rows.integer(1),
          .polled_last_day = rows.integer(2),
          .last_poll = rows.optional_time(3)};
}

}  // namespace voice::store
