// server/blog_icon.h - a blog's own small picture, shown from here so that no reader's browser asks the blog for it.
#pragma once
#include <string>

#include "server/request.h"
#include "server/response.h"
#include "server/site.h"
#include "store/blogs.h"

namespace voice::server {

/// "/blogs/ann/icon?v=..."; the version is of the bytes, so that browsers may keep them. Empty where the blog has none.
std::string icon_address(store::Reader& db, const store::Blog& blog);

Response blog_icon(const Request& request, const Site& site, store::Reader& db);

}  // namespace voice::server
