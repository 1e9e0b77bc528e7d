// server/desk.h - what the handlers of forms share: showing a page to whoever asks, slowing down, and writing the log.
#pragma once
#include <optional>
#include <string>

#include "server/request.h"
#include "server/response.h"
#include "server/router.h"
#include "server/site.h"
#include "store/attempts.h"
#include "store/audit.h"
#include "views/desk_page.h"

namespace voice::server {

/// The page with the signed-in person's line above it.
Response show(const Request& request, const Site& site, views::DeskPage page, int status = 200);

/// Counts one attempt against the sender's network (and `account`, where given), and gives the page that asks to wait where
/// there were too many before it.
struct Slowed {
  std::string_view kind;
  int most_per_account = 5;
  int most_per_network = 60;
  std::chrono::seconds window{900};
};
std::optional<Response> slow_down(const Request& request, const Site& site, store::Database& db, const Slowed& limit,
                                  const std::string& account);

/// Leave to fetch a stranger's address inside this request, whichever form asks for it: held while it is fetched.
struct Look {
  std::optional<Response> refused;  ///< instead: too many from this network, or too many at once
  Looks::Place place;
};
Look begin_look(const Request& request, const Site& site, store::Database& db);

/// An act of whoever is signed in.
store::Act act_of(const Viewer& viewer, std::string act, std::string subject, std::string path, std::string reason,
                  store::Audience audience = store::Audience::editors);

/// A row number from a path; 0 where it is none.
std::int64_t number_in(const Request& request, std::string_view capture);

/// A short reference people can read out: "B7K2-94QM". No letters or digits that look alike.
std::string new_reference(const Site& site);

// The routes of each part of the desk; add_desk_routes() calls them all.
void add_sign_in_routes(Router& router);
void add_join_routes(Router& router);
void add_my_blog_routes(Router& router);
void add_guest_routes(Router& router);
void add_claim_routes(Router& router);
void add_editor_routes(Router& router);
void add_report_routes(Router& router);

}  // namespace voice::server
