#include "store/homes.h"

namespace voice::store {

std::vector<HomeToVisit> homes_to_visit(Reader& db, sys_seconds now, sys_seconds since, std::chrono::seconds apart,
                                        int limit) {
  auto rows = db.query(R"sql(
    SELECT b.id, min(f.id), b.home_url
    FROM blogs AS b
      CROSS JOIN feeds AS f ON f.blog_id = b.id
      LEFT JOIN home_visits AS v ON v.blog_id = b.id
    WHERE b.state = 'active' AND b.kind <> 'hub' AND b.home_url IS NOT NULL AND coalesce(v.visited_at, 0) <= :since
    GROUP BY b.id
    HAVING max(f.last_fetch_at) <= :now - :apart AND min(f.next_fetch_at) >= :now + :apart
    ORDER BY coalesce(v.visited_at, 0), b.id
    LIMIT :limit)sql");
  rows.bind(":now", now).bind(":since", since).bind(":apart", apart.count()).bind(":limit", limit);
  std::vector<HomeToVisit> homes;
  while (rows.step())
    homes.push_back({.blog = rows.id<BlogId>(0), .feed = rows.id<FeedId>(1), .home_url = rows.text(2)});
  return homes;
}

void home_visited(Writer& db, BlogId blog, sys_seconds now) {
  db.change(R"sql(
    INSERT INTO home_visits (blog_id, visited_at) VALUES (:blog, :now)
    ON CONFLICT (blog_id) DO UPDATE SET visited_at = excluded.visited_at)sql")
      .bind(":blog", blog)
      .bind(":now", now)
      .run();
}

}  // namespace voice::store
