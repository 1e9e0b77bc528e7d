#include "server/guards.h"

#include "base/text.h"
#include "base/url.h"
#include "server/csrf.h"
#include "server/session.h"
#include "views/desk_sign_in.h"

namespace voice::server {
namespace {

bool is_our_origin(std::string_view origin, const Request& request, const Site& site) {
  if (origin == site.settings.site.base_url) return true;
  // A hub on one's own machine is reached as localhost, 127.0.0.1 or by its name: what the browser asked for counts.
  const auto url = parse_url(origin);
  if (!url || request.header("Host").empty()) return false;
  const auto authority = url->port ? url->host + ":" + std::to_string(*url->port) : url->host;
  return authority == request.header("Host");
}

/// True where the browser says that another site made this request. What sends none of these headers is a program, or a
/// browser told to keep quiet about where it was; it still needs the token.
bool from_elsewhere(const Request& request, const Site& site) {
  const auto fetch_site = request.header("Sec-Fetch-Site");
  if (!fetch_site.empty() && fetch_site != "same-origin" && fetch_site != "none") return true;
  const auto origin = request.header("Origin");
  if (!origin.empty()) return !is_our_origin(origin, request, site);
  const auto referrer = request.header("Referer");
  const auto page = parse_url(referrer);
  return !referrer.empty() && !(page && is_our_origin(page->origin(), request, site));
}

/// A body that no form of ours sends would be read as an empty form, and the answer would speak of a missing token.
bool is_form(const Request& request) {
  const auto type = request.header("Content-Type");
  if (type.empty()) return request.body.empty();
  return starts_with_ignoring_case(type, "application/x-www-form-urlencoded") ||
         starts_with_ignoring_case(type, "multipart/form-data");
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

// What was typed is shown on the page that refuses it, so that a long text is never lost to an old session.
std::vector<views::TypedField> typed_by(const Request& request) {
  std::vector<views::TypedField> typed;
  for (const auto& [name, value] : request.form)
    if (name != "form_token" && name != "password" && !value.empty()) typed.push_back({.name = name, .value = value});
  return typed;
}

Response refusal(const Site& site, int status, const views::RefusedForm& why) {
  if (site.views == nullptr) return failure(status);
  return html(views::render(*site.views, views::refused_form_page(why)), status);
}

std::string sign_in_for(const Route& route, const Request& request) {
  return (route.who == Who::member ? "/my-blog?next=" : "/sign-in?next=") + percent_encode(request.target());
}

Response not_allowed(const Route& route, const Request& request, const Site& site) {
  // An editor's session does not make an administrator; signing in again would not help.
  if (request.viewer.role >= Role::editor) return failure(403);
  if (!route.write) return see_other(sign_in_for(route, request));
  return refusal(site, 403,
                 {.reason = views::RefusedForm::Reason::signed_out,
                  .start_again = route.who == Who::member ? "/my-blog" : "/sign-in",
                  .typed = typed_by(request)});
}

std::optional<Response> check_form(Request& request, const Site& site, store::Database& db) {
  using Reason = views::RefusedForm::Reason;
  if (from_elsewhere(request, site))
    return refusal(site, 403, {.reason = Reason::elsewhere, .start_again = "/", .typed = {}});
  if (!is_form(request)) return failure(415);
  const auto token = request.form.get("form_token");
  const auto now = site.clock.now();
  if (check_form_token(form_key(request, site, request.viewer), token, now) != FormToken::good)
    return refusal(site, 403,
                   {.reason = Reason::old_form, .start_again = request.form_page, .typed = typed_by(request)});
  const auto claim = token + " " + request.path;
  if (!db.write([&](store::Writer& writer) { return store::claim_form(writer, claim, now); }))
    return refusal(site, 409, {.reason = Reason::sent_before, .start_again = request.form_page, .typed = {}});
  request.form_claim = claim;
  return std::nullopt;
}

}  // namespace

std::optional<Response> guard(const Route& route, Request& request, const Site& site, store::Database& db) {
  if (route.who == Who::machine) return std::nullopt;
  request.viewer = read_viewer(request, site, *db.reader());
  if (request.viewer.role < needed(route.who)) return not_allowed(route, request, site);
  if (route.write) return check_form(request, site, db);
  return std::nullopt;
}

void settle(const Request& request, Response& response, const Site& site, store::Database& db) {
  try {
    introduce(request, site, response);
    if (!request.form_claim.empty() && response.status >= 400)
      db.write([&](store::Writer& writer) { store::release_form(writer, request.form_claim); });
  } catch (const std::exception& problem) {
    site.log.error("{}: settling a form: {}", request.id, problem.what());
  }
}

}  // namespace voice::server
