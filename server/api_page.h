// server/api_page.h - "/api": the manual of feeds, the embeddable list and the JSON API, for whoever writes programs.
#pragma once
#include "server/request.h"
#include "server/response.h"
#include "server/site.h"
#include "store/db.h"

namespace voice::server {

Response api_page(const Request& request, const Site& site, store::Reader& db);

}  // namespace voice::server
