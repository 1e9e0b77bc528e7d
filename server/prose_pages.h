// server/prose_pages.h - pages that explain the hub, written from its live settings and figures where they can be.
#pragma once
#include "server/request.h"
#include "server/response.h"
#include "server/site.h"
#include "store/db.h"

namespace voice::server {

Response about_page(const Request& request, const Site& site, store::Reader& db);
Response handling_page(const Request& request, const Site& site, store::Reader& db);
Response bot_page(const Request& request, const Site& site, store::Reader& db);
Response privacy_page(const Request& request, const Site& site, store::Reader& db);
Response accessibility_page(const Request& request, const Site& site, store::Reader& db);
Response cookies_page(const Request& request, const Site& site, store::Reader& db);
Response contact_page(const Request& request, const Site& site, store::Reader& db);
Response subscribe_page(const Request& request, const Site& site, store::Reader& db);

}  // namespace voice::server
