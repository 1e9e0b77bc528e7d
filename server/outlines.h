// server/outlines.h - lists of blogs that a feed reader can import (OPML).
#pragma once
#include "server/request.h"
#include "server/response.h"
#include "server/site.h"
#include "store/db.h"

namespace voice::server {

/// "/members.opml": every blog but those that are gone, with its own feed. Narrowed and sorted by the same query as /blogs
/// ("?nation=Wales&kind=supplier") it holds the blogs that page lists, on all its pages together.
Response members_outline(const Request& request, const Site& site, store::Reader& db);

/// "<view>.opml": every blog that has a post in the view (store/blogs_in_view.h). Not found where the address names no
/// listing, gone where its blog left.
Response listing_outline(const Request& request, const Site& site, store::Reader& db);

}  // namespace voice::server
