#include "server/desk.h"

#include "base/numbers.h"
#include "base/text.h"
#include "server/session.h"
#include "server/theme.h"
#include "views/desk_sign_in.h"

namespace voice::server {

Response show(const Request& request, const Site& site, views::DeskPage page, int status) {
  const auto& viewer = request.viewer;
  page.head.theme = theme_of(request);
  if (viewer.signed_in())
    page.head.account =
        views::Account{.name = viewer.name, .form_token = viewer.form_token, .is_editor = viewer.role >= Role::editor};
  if (site.views == nullptr) return failure(status);
  return html(views::render(*site.views, page), status);
}

std::optional<Response> slow_down(const Request& request, const Site& site, store::Database& db, const Slowed& limit,
                                  const std::string& account) {
  const auto now = site.clock.now();
  const auto network = "network " + network_of(request.address);
  const auto who = account.empty() ? std::string() : "account " + to_ascii_lower(account);
  const auto wait = db.write([&](store::Writer& writer) {
    auto longest = store::wait_for(writer, {.kind = limit.kind, .most = limit.most_per_network, .window = limit.window},
                                   network, now);
    if (!longest && !who.empty())
      longest = store::wait_for(writer, {.kind = limit.kind, .most = limit.most_per_account, .window = limit.window},
                                who, now);
    if (longest) return longest;
    store::note_attempt(writer, limit.kind, network, now);
    if (!who.empty()) store::note_attempt(writer, limit.kind, who, now);
    return longest;
  });
  if (!wait) return std::nullopt;
  auto response = show(request, site, views::too_many_page(*wait), 429);
  response.set("Retry-After", std::to_string(wait->count()));
  return response;
}

Look begin_look(const Request& request, const Site& site, store::Database& db) {
  constexpr Slowed kLookLimit{
      .kind = "look at a feed", .most_per_account = 30, .most_per_network = 30, .window = std::chrono::seconds{900}};
  auto place = site.looks.begin();
  if (!place) {
    auto response = show(request, site, views::looking_elsewhere_page(), 503);
    response.set("Retry-After", "30");
    return {.refused = std::move(response), .place = {}};
  }
  return {.refused = slow_down(request, site, db, kLookLimit, {}), .place = std::move(place)};
}

store::Act act_of(const Viewer& viewer, std::string act, std::string subject, std::string path, std::string reason,
                  store::Audience audience) {
  return {.user = viewer.user,
          .actor = viewer.name,
          .act = std::move(act),
          .subject = std::move(subject),
          .subject_path = std::move(path),
          .reason = std::move(reason),
          .audience = audience};
}

std::int64_t number_in(const Request& request, std::string_view capture) {
  return std::max<std::int64_t>(0, parse_number<std::int64_t>(request.captures.get(capture)).value_or(0));
}

std::string new_reference(const Site& site) {
  constexpr std::string_view kLetters = "ABCDEFGHJKMNPQRSTVWXYZ23456789";
  std::string reference;
  for (int i = 0; i < 8; ++i) {
    if (i == 4) reference += '-';
    reference += kLetters[site.tokens.choose(static_cast<std::uint32_t>(kLetters.size()))];
  }
  return reference;
}

}  // namespace voice::server
