// server/feed_routes.h - every view of the river for feed readers: a head feed, its older pages, and an archive by months.
#pragma once
#include "server/request.h"
#include "server/response.h"
#include "server/site.h"
#include "store/db.h"

namespace voice::server {

/// "<view>.atom", ".rss", ".json" of any listing (server/listing.h), paged by `?before=` (RFC 5005, section 3). Not found where
/// the address names no listing, gone where its blog left.
Response listing_feed(const Request& request, const Site& site, store::Reader& db);

/// "/archive/2026/05.atom": the river's posts that appeared in one London month, or a part of them (server/archive_months.h),
/// linked with the document before it (RFC 5005, section 4). Not found where it would not be the same for good. Only as
/// Atom: no reader follows archives in the other formats.
Response month_archive(const Request& request, const Site& site, store::Reader& db);

}  // namespace voice::server
