// store/homes.h - which members' home pages are to be looked at, and when that was done.
#pragma once
#include <string>
#include <vector>

#include "store/db.h"

namespace voice::store {

struct HomeToVisit {
  BlogId blog;
  FeedId feed;  ///< the blog's first
  std::string home_url;
};
/// Active blogs whose home page was not looked at since `since`, longest ago first. Left out: blogs whose feed was polled or
/// will be within `apart` of `now`, so that one server is not asked for two things at once.
std::vector<HomeToVisit> homes_to_visit(Reader& db, sys_seconds now, sys_seconds since, std::chrono::seconds apart,
                                        int limit);
void home_visited(Writer& db, BlogId blog, sys_seconds now);

}  // namespace voice::store
