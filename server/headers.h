// server/headers.h - the headers that every answer carries, and what a client's headers ask of it.
#pragma once
#include <string_view>

#include "server/request.h"
#include "server/response.h"

namespace voice::server {

/// The best form the client takes: Brotli, gzip, or as it is. "gzip;q=0" refuses (RFC 9110, 12.5.3).
Encoding accepted_encoding(std::string_view accept_encoding);

/// True for types that compression makes smaller.
bool is_compressible(std::string_view content_type);

/// True where `If-None-Match` names this representation in any of its encodings, weak or in a list (RFC 9110, 13.1.2), or,
/// without that header, where `If-Modified-Since` is not before `last_modified`.
bool is_unchanged(const Request& request, const Representation& shared, std::optional<sys_seconds> last_modified);

/// For a page with a player: audio and video may come from anywhere, because podcasts are redirected through hosts that no
/// list could hold, and those hosts are not told which page they are played on (docs/adr/0004-media-from-members.md).
void allow_members_media(Response& response);

/// Content-Security-Policy and the rest; leaves alone what the handler set itself.
void add_security_headers(Response& response, bool is_https);

}  // namespace voice::server
