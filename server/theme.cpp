#include "server/theme.h"

#include "server/desk.h"
#include "server/form_reader.h"
#include "views/appearance_page.h"

namespace voice::server {
namespace {

constexpr std::chrono::hours kKept{24 * 365};

Response appearance(const Request& request, const Site& site, store::Reader&) {
  return show(request, site,
              views::appearance_page({.form_token = request.viewer.form_token,
                                      .chosen = theme_of(request),
                                      .is_kept = request.query.get("done") == "kept",
                                      .problems = {}}));
}

Response choose(const Request& request, const Site& site, store::Database&) {
  FormReader form(request.form);
  const auto wanted = form.choice("theme", {"device", "light", "dark"}, "Choose one of the three");
  if (!form.ok())
    return show(request, site,
                views::appearance_page({.form_token = request.viewer.form_token,
                                        .chosen = theme_of(request),
                                        .is_kept = false,
                                        .problems = form.problems()}),
                422);
  auto response = see_other("/appearance?done=kept");
  const bool own = wanted != "device";
  set_cookie(response, "theme", own ? wanted : "", own ? kKept : std::chrono::hours{0}, site.is_https());
  return response;
}

}  // namespace

views::Theme theme_of(const Request& request) {
  const auto chosen = request.cookie("theme");
  return chosen == "light" ? views::Theme::light : chosen == "dark" ? views::Theme::dark : views::Theme::device;
}

void add_theme_routes(Router& router) {
  router.get("/appearance", Who::anyone, appearance);
  router.post("/appearance", Who::anyone, choose);
}

}  // namespace voice::server
