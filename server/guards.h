// server/guards.h - what every request passes before its handler, in one place.
//
// A route names who may use it; here that is held against who is asking. Everything that changes something must come from
// our own pages: the browser says so (Sec-Fetch-Site, Origin) and the form carries the session's token.
#pragma once
#include <optional>

#include "server/request.h"
#include "server/response.h"
#include "server/router.h"

namespace voice::server {

/// Fills `request.viewer`. Nothing: go on. A response: that is the answer.
std::optional<Response> guard(const Route& route, Request& request, const Site& site, store::Database& db);

}  // namespace voice::server
