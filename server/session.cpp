#include "server/session.h"

#include "base/text.h"
#include "server/csrf.h"
#include "store/accounts.h"

namespace voice::server {
namespace {
using namespace std::chrono_literals;

constexpr auto kVisitLength = 30 * 24h;
constexpr std::size_t kTokenText = 43;  // 32 bytes as base64url

std::string session_cookie(const Site& site) { return site.is_https() ? "__Host-voice" : "voice"; }
std::string visit_cookie(const Site& site) { return site.is_https() ? "__Host-voice-visit" : "voice-visit"; }

// A cookie that we did not make is no cookie.
std::string own_cookie(const Request& request, const std::string& name) {
  auto value = request.cookie(name);
  return value.size() == kTokenText ? value : std::string();
}

void take_session(Viewer& viewer, const store::Session& session, store::Reader& db) {
  viewer.session = session.id;
  viewer.email = session.email;
  viewer.name = session.email;
  viewer.role = Role::member;
  if (session.scope != store::Scope::editor) return;
  const auto user = store::find_user(db, session.user);
  if (!user) return;
  viewer.user = user->id;
  viewer.name = user->name;
  viewer.email = user->email;
  viewer.role = user->role == store::Role::administrator ? Role::administrator : Role::editor;
}

}  // namespace

std::string form_key(const Request& request, const Site& site, const Viewer& viewer) {
  return viewer.visit + "\n" + own_cookie(request, session_cookie(site));
}

Viewer read_viewer(const Request& request, const Site& site, store::Reader& db) {
  Viewer viewer;
  viewer.visit = own_cookie(request, visit_cookie(site));
  if (viewer.visit.empty()) {
    viewer.visit = site.tokens.token();
    viewer.new_visit = true;
  }
  if (const auto token = own_cookie(request, session_cookie(site)); !token.empty())
    if (const auto session = store::find_session(db, token, site.clock.now())) take_session(viewer, *session, db);
  viewer.form_token = make_form_token(form_key(request, site, viewer), site.tokens.token(12), site.clock.now());
  return viewer;
}

void open_session(const Request& request, const Site& site, store::Writer& db, Response& response,
                  const store::NewSession& session) {
  if (request.viewer.session) store::end_session(db, request.viewer.session);
  const auto token = site.tokens.token();
  store::start_session(db, token, session, site.clock.now());
  set_cookie(response, session_cookie(site), token, session.expires - site.clock.now(), site.is_https());
}

void close_session(const Request& request, const Site& site, store::Writer& db, Response& response) {
  if (request.viewer.session) store::end_session(db, request.viewer.session);
  set_cookie(response, session_cookie(site), "", 0s, site.is_https());
}

void introduce(const Request& request, const Site& site, Response& response) {
  const auto& viewer = request.viewer;
  if (!viewer.new_visit || response.body.find(viewer.form_token) == std::string::npos) return;
  set_cookie(response, visit_cookie(site), viewer.visit, kVisitLength, site.is_https());
}

std::string network_of(std::string_view address) {
  const char separator = address.find(':') == std::string_view::npos ? '.' : ':';
  const auto parts = split(address, separator);
  const std::size_t keep = separator == '.' ? 3 : 4;
  std::string network;
  for (std::size_t i = 0; i < std::min(keep, parts.size()); ++i) {
    auto part = std::string(parts[i]);
    // The fourth group of an IPv6 address is half network, half subnet: /56 keeps its upper byte.
    if (separator == ':' && i == 3) part = part.size() > 2 ? part.substr(0, part.size() - 2) : "0";
    network += (i == 0 ? "" : std::string(1, separator)) + part;
  }
  return network;
}

}  // namespace voice::server
