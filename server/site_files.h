// server/site_files.h - the small files that crawlers, browsers and security researchers look for by name.
#pragma once
#include "server/request.h"
#include "server/response.h"
#include "server/site.h"
#include "store/db.h"

namespace voice::server {

Response robots_txt(const Request& request, const Site& site, store::Reader& db);    ///< RFC 9309
Response security_txt(const Request& request, const Site& site, store::Reader& db);  ///< RFC 9116
Response open_search(const Request& request, const Site& site, store::Reader& db);

/// Our own pages: the river, blogs, topics, people, organisations, guest posts. A post's page here is an extract of somebody
/// else's and is left out. Past 50,000 pages this is an index of "/sitemap-1.xml" and so on.
Response sitemap(const Request& request, const Site& site, store::Reader& db);
Response sitemap_part(const Request& request, const Site& site, store::Reader& db);

}  // namespace voice::server
