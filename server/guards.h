// server/guards.h - what every request passes before its handler, in one place.
//
// A route names who may use it; here that is held against who is asking. Everything that changes something must come from
// our own pages: the browser says so (Sec-Fetch-Site, Origin) and the form carries the browser's token. A token serves
// once for each address it is sent to, so a second click or a replay stores nothing; where the first attempt came to
// nothing (a field to put right, a failure of ours) it may be sent again.
#pragma once
#include <optional>

#include "server/request.h"
#include "server/response.h"
#include "server/router.h"

namespace voice::server {

/// Fills `request.viewer`. Nothing: go on. A response: that is the answer.
std::optional<Response> guard(const Route& route, Request& request, const Site& site, store::Database& db);

/// After the handler: gives back the form token where the answer is a failure, and tells a new browser its name. Never throws.
void settle(const Request& request, Response& response, const Site& site, store::Database& db);

}  // namespace voice::server
