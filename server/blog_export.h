// server/blog_export.h - everything this hub holds about one blog, for its blogger to keep or take elsewhere.
#pragma once
#include <string>

#include "store/db.h"
#include "views/desk_my_blog.h"

namespace voice::server {

/// A JSON object of the application and, where it was accepted, blog, feed, its newest fetches and every post with its HTML
/// as it is stored here. Times are RFC 3339; what is not known is null.
std::string blog_export(store::Reader& db, const views::MyBlog& mine, sys_seconds now);

}  // namespace voice::server
