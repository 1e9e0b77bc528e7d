// server/session.h - the two cookies of this hub, and what they say about who is asking.
//
// One names the browser (so that a form's answers and tokens belong to it), one holds the session of somebody who has
// signed in. Over https both carry the `__Host-` prefix: no other host and no plain connection can set them. On http,
// which is for a hub on one's own machine, browsers refuse that prefix and the plain names are used.
#pragma once
#include <string>

#include "server/request.h"
#include "server/response.h"
#include "server/site.h"
#include "store/sessions.h"

namespace voice::server {

/// Who this request comes from, with a form token made for it.
Viewer read_viewer(const Request& request, const Site& site, store::Reader& db);
/// What this browser's form tokens are keyed with.
std::string form_key(const Request& request, const Site& site, const Viewer& viewer);

/// A session for whoever has just proved something; the one this browser had ends, so that a token known before is worth
/// nothing after.
void open_session(const Request& request, const Site& site, store::Writer& db, Response& response,
                  const store::NewSession& session);
void close_session(const Request& request, const Site& site, store::Writer& db, Response& response);
/// Tells the browser its name, where it has none yet and the page holds a form.
void introduce(const Request& request, const Site& site, Response& response);

/// The network an address belongs to: its /24, or /56 for IPv6; what one subscriber or office usually has.
std::string network_of(std::string_view address);

}  // namespace voice::server
