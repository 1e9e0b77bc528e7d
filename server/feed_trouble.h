// server/feed_trouble.h - tells bloggers by letter that their feed has not been readable for long.
#pragma once
#include "server/site.h"
#include "store/db.h"

namespace voice::server {

/// A feed that fails for a day or two is its host's business; after a week its blogger may not know.
constexpr std::chrono::hours kLongTrouble{7 * 24};

/// One letter for each trouble, to the address the blog was registered with. Returns how many were written now.
int write_about_feed_trouble(store::Database& db, const Site& site);

}  // namespace voice::server
