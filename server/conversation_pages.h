// server/conversation_pages.h - posts that answer one another, and pages that several members link to.
#pragma once
#include "server/request.h"
#include "server/response.h"
#include "server/site.h"
#include "store/db.h"

namespace voice::server {

Response conversations_page(const Request& request, const Site& site, store::Reader& db);
Response conversation_page(const Request& request, const Site& site, store::Reader& db);

}  // namespace voice::server
