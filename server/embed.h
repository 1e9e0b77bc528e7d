// server/embed.h - "/embed": the newest posts of any view as a small page that other sites may frame.
#pragma once
#include "server/request.h"
#include "server/response.h"
#include "server/site.h"
#include "store/db.h"

namespace voice::server {

/// ?view=/topics/data (the river where it is left out), ?limit=1..20 (5). The only page that may stand in a frame: it has no
/// form and shows nobody's own data, so there is nothing to be tricked into clicking.
Response embed_page(const Request& request, const Site& site, store::Reader& db);

}  // namespace voice::server
