#include "server/guards.h"

namespace voice::server {
namespace {

/// True where the browser says that another site made this request. Programs that send neither header are no browsers, so
/// nobody's cookies are being used behind their back.
bool from_elsewhere(const Request& request, const Site& site) {
  const auto fetch_site = request.header("Sec-Fetch-Site");
  if (!fetch_site.empty()) return fetch_site != "same-origin" && fetch_site != "none";
  const auto origin = request.header("Origin");
  return !origin.empty() && origin != site.settings.site.base_url;
}

Role needed(Who who) {
  switch (who) {
    case Who::member: return Role::member;
    case Who::editor: return Role::editor;
    case Who::administrator: return Role::administrator;
    case Who::anyone:
    case Who::machine: break;
  }
  return Role::nobody;
}

}  // namespace

std::optional<Response> guard(const Route& route, Request& request, const Site& site, store::Database&) {
  if (route.who == Who::machine) return std::nullopt;
  if (route.write && from_elsewhere(request, site)) return failure(403);
  if (request.viewer.role < needed(route.who)) return failure(403);
  return std::nullopt;
}

}  // namespace voice::server
