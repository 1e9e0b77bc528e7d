// server/outlines.h - lists of blogs that a feed reader can import (OPML).
#pragma once
#include "server/request.h"
#include "server/response.h"
#include "server/site.h"
#include "store/db.h"

namespace voice::server {

/// "/members.opml": every active blog with its own feed.
Response members_outline(const Request& request, const Site& site, store::Reader& db);

/// "<view>.opml": the blogs whose posts a listing shows, as far as its newest thousand posts tell. Not found where the
/// address names no listing.
Response listing_outline(const Request& request, const Site& site, store::Reader& db);

}  // namespace voice::server
