// server/static_files.h - assets from the binary, under a hashed name for a year or under a fixed one for a day.
#pragma once
#include "server/request.h"
#include "server/response.h"
#include "server/site.h"
#include "store/db.h"

namespace voice::server {

/// "/static/site.0123456789ab.css" or "/favicon.ico" (views/assets.h). An old hash is not found: its bytes are gone.
Response static_file(const Request& request, const Site& site, store::Reader& db);

}  // namespace voice::server
