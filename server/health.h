// server/health.h - what a supervisor and a monitor ask.
#pragma once
#include "server/request.h"
#include "server/response.h"
#include "server/site.h"
#include "store/db.h"

namespace voice::server {

Response healthz(const Request& request, const Site& site, store::Reader& db);  ///< the process answers
Response readyz(const Request& request, const Site& site, store::Reader& db);   ///< the database answers; 503 otherwise
Response metrics(const Request& request, const Site& site, store::Reader& db);  ///< Prometheus' text format

}  // namespace voice::server
