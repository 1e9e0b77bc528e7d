// Signing in and out: by password, by a link in a letter, and the first administrator's one-time address.
#include "base/email.h"
#include "base/passwords.h"
#include "server/desk.h"
#include "server/first_start.h"
#include "server/form_reader.h"
#include "server/letters.h"
#include "server/session.h"
#include "store/accounts.h"
#include "store/sessions.h"
#include "views/desk_sign_in.h"

namespace voice::server {
namespace {
using namespace std::chrono_literals;

constexpr Slowed kPasswordLimit{.kind = "password", .most_per_account = 5, .most_per_network = 30, .window = 900s};
constexpr Slowed kLetterLimit{.kind = "letter", .most_per_account = 3, .most_per_network = 20, .window = 3600s};
constexpr const char* kWrong = "The e-mail address or the password is not right";

// Only a path of ours: an address in a query must not send anybody elsewhere after signing in.
std::string own_path(const std::string& wanted, const std::string& otherwise) {
  const bool ours = wanted.starts_with('/') && !wanted.starts_with("//") && !wanted.starts_with("/\\");
  return ours ? one_line_of(wanted) : otherwise;
}

store::NewSession editor_session(const store::User& user, const Site& site) {
  return {.scope = store::Scope::editor,
          .email = user.email,
          .user = user.id,
          .expires = site.clock.now() + site.settings.desk.session_length};
}

Response sign_in(const Request& request, const Site& site, store::Reader&) {
  if (request.viewer.role >= Role::editor) return see_other("/editor");
  return show(request, site,
              views::sign_in_page(
                  {.form_token = request.viewer.form_token, .next = own_path(request.query.get("next"), "/editor")}));
}

Response again(const Request& request, const Site& site, const std::string& email,
               const std::vector<views::Problem>& problems) {
  return show(request, site,
              views::sign_in_page({.form_token = request.viewer.form_token,
                                   .email = email,
                                   .next = own_path(request.form.get("next"), "/editor"),
                                   .problems = problems}),
              422);
}

Response with_password(const Request& request, const Site& site, store::Database& db, const std::string& email) {
  if (auto wait = slow_down(request, site, db, kPasswordLimit, email)) return std::move(*wait);
  const auto stored = store::password_hash_of(*db.reader(), email);
  if (!password_fits(request.form.get("password"), stored)) return again(request, site, email, {{kWrong, "email"}});
  auto response = see_other(own_path(request.form.get("next"), "/editor"));
  db.write([&](store::Writer& writer) {
    const auto user = store::find_user_by_email(writer, email);
    open_session(request, site, writer, response, editor_session(*user, site));
    store::forget_attempts(writer, kPasswordLimit.kind, "account " + parse_email(email)->key);
  });
  return response;
}

// The same answer, after the same work, for an address that has an account and one that has not.
Response with_letter(const Request& request, const Site& site, store::Database& db, const std::string& email) {
  if (auto wait = slow_down(request, site, db, kLetterLimit, email)) return std::move(*wait);
  db.write([&](store::Writer& writer) {
    const auto user = store::find_user_by_email(writer, email);
    if (!user || user->disabled) return;
    const auto life = site.settings.desk.link_length;
    const auto link = one_time_address(writer, site,
                                       {.purpose = store::LinkPurpose::editor,
                                        .email = user->email,
                                        .target = own_path(request.form.get("next"), "/editor")},
                                       life);
    write_letter(writer, site, user->email,
                 {.subject = "Your link to sign in",
                  .paragraphs = {"Somebody, we hope you, asked to sign in to the editors' desk."},
                  .link = {"Sign in", link},
                  .after = {"The link works once, for " + length_in_words(life) +
                            ". If it was not you, there is nothing to do."}});
  });
  return see_other("/sign-in/sent");
}

Response take_sign_in(const Request& request, const Site& site, store::Database& db) {
  FormReader form(request.form);
  const auto email = form.email("email", "Enter your e-mail address");
  const bool by_letter = request.form.get("do") == "letter" || request.form.get("password").empty();
  if (!form.ok()) return again(request, site, email, form.problems());
  return by_letter ? with_letter(request, site, db, email) : with_password(request, site, db, email);
}

Response sent(const Request& request, const Site& site, store::Reader&) {
  return show(request, site, views::letter_sent_page("to sign in", "/sign-in"));
}

Response sign_out(const Request& request, const Site& site, store::Database& db) {
  auto response = see_other("/");
  db.write([&](store::Writer& writer) { close_session(request, site, writer, response); });
  return response;
}

views::WelcomePage welcome_form(const Request& request) {
  return {.form_token = request.viewer.form_token, .action = request.path};
}

Response look_at_link(const Request& request, const Site& site, store::Reader& db) {
  const auto found = store::look_at_link(db, request.captures.get("token"), site.clock.now());
  if (found.state == store::LinkState::good && found.link.purpose == store::LinkPurpose::first_administrator)
    return show(request, site, views::welcome_page(welcome_form(request)));
  const int status = found.state == store::LinkState::good ? 200 : found.state == store::LinkState::unknown ? 404 : 410;
  return show(request, site, views::link_page(found.state, found.link, request.viewer.form_token, request.path),
              status);
}

Response make_first_administrator(const Request& request, const Site& site, store::Database& db) {
  FormReader form(request.form);
  auto page = welcome_form(request);
  page.name = form.line("name", {.missing = "Enter your name", .longest = 100});
  page.email = form.email("email", "Enter your e-mail address");
  const auto password = request.form.get("password");
  if (const auto problem = problem_with_password(password, page.email); !problem.empty())
    form.problem("password", problem);
  page.problems = form.problems();
  if (!form.ok()) return show(request, site, views::welcome_page(page), 422);
  const auto hash = hash_password(password);
  auto response = see_other("/editor");
  const bool made = db.write([&](store::Writer& writer) {
    const auto now = site.clock.now();
    // The operator may have made one on the command line since the address was printed.
    if (store::count_administrators(writer) > 0) return false;
    if (store::use_link(writer, request.captures.get("token"), now).state != store::LinkState::good) return false;
    const auto id = store::add_user(
        writer, {.email = page.email, .name = page.name, .role = store::Role::administrator, .password_hash = hash},
        now);
    if (!id) return false;
    store::withdraw_links(writer, store::LinkPurpose::first_administrator);
    store::record(writer,
                  {.user = *id,
                   .actor = page.name,
                   .act = "user.added",
                   .subject = page.name + " (administrator)",
                   .reason = "the first one"},
                  now);
    open_session(request, site, writer, response, editor_session(*store::find_user(writer, *id), site));
    return true;
  });
  if (made) return response;
  return show(request, site, views::link_page(store::LinkState::used, {}, {}, {}), 410);
}

// Somebody who is at the desk already keeps that session when the same address opens a blogger's link.
bool keeps_session(const Request& request, const store::Link& link) {
  return request.viewer.role >= Role::editor && link.purpose == store::LinkPurpose::member &&
         parse_email(request.viewer.email) && parse_email(link.email) &&
         parse_email(request.viewer.email)->key == parse_email(link.email)->key;
}

std::optional<store::NewSession> session_for(store::Reader& db, const Site& site, const store::Link& link) {
  const auto expires = site.clock.now() + site.settings.desk.session_length;
  if (link.purpose == store::LinkPurpose::member)
    return store::NewSession{.scope = store::Scope::member, .email = link.email, .user = {}, .expires = expires};
  const auto user = store::find_user_by_email(db, link.email);
  if (!user || user->disabled) return std::nullopt;
  return editor_session(*user, site);
}

Response take_link(const Request& request, const Site& site, store::Database& db) {
  const auto token = request.captures.get("token");
  const auto looked = store::look_at_link(*db.reader(), token, site.clock.now());
  if (looked.state == store::LinkState::good && looked.link.purpose == store::LinkPurpose::first_administrator)
    return make_first_administrator(request, site, db);
  auto response = see_other(own_path(looked.link.target, "/"));
  const auto state = db.write([&](store::Writer& writer) {
    const auto used = store::use_link(writer, token, site.clock.now());
    if (used.state != store::LinkState::good || keeps_session(request, used.link)) return used.state;
    const auto session = session_for(writer, site, used.link);
    if (!session) return store::LinkState::unknown;
    open_session(request, site, writer, response, *session);
    return used.state;
  });
  if (state == store::LinkState::good) return response;
  const int status = state == store::LinkState::unknown ? 404 : 410;
  return show(request, site, views::link_page(state, looked.link, {}, {}), status);
}

views::AccountPage account_form(const Request& request, const Site& site, store::Reader& db) {
  const auto user = store::find_user(db, request.viewer.user);
  return {.form_token = request.viewer.form_token,
          .email = request.viewer.email,
          .has_password = user && user->has_password,
          .sessions = store::sessions_of(db, request.viewer.user, site.clock.now()),
          .this_session = request.viewer.session,
          .changed = request.query.has("changed")};
}

Response account(const Request& request, const Site& site, store::Reader& db) {
  return show(request, site, views::account_page(account_form(request, site, db)));
}

Response change_password(const Request& request, const Site& site, store::Database& db) {
  if (auto wait = slow_down(request, site, db, kPasswordLimit, request.viewer.email)) return std::move(*wait);
  auto page = account_form(request, site, *db.reader());
  FormReader form(request.form);
  if (page.has_password &&
      !password_fits(request.form.get("current"), store::password_hash_of(*db.reader(), page.email)))
    form.problem("current", "Your present password is not right");
  const auto password = request.form.get("password");
  if (const auto problem = problem_with_password(password, page.email); !problem.empty())
    form.problem("password", problem);
  page.problems = form.problems();
  if (!form.ok()) return show(request, site, views::account_page(page), 422);
  const auto hash = hash_password(password);
  auto response = see_other("/editor/account?changed");
  db.write([&](store::Writer& writer) {
    store::set_password_hash(writer, request.viewer.user, hash);
    store::record(writer, act_of(request.viewer, "user.password", request.viewer.name, {}, {}), site.clock.now());
    open_session(request, site, writer, response, editor_session(*store::find_user(writer, request.viewer.user), site));
  });
  return response;
}

Response sign_out_everywhere(const Request& request, const Site& site, store::Database& db) {
  auto response = see_other("/sign-in");
  db.write([&](store::Writer& writer) {
    store::end_sessions_of(writer, request.viewer.user);
    close_session(request, site, writer, response);
  });
  return response;
}

}  // namespace

std::string first_administrator_address(store::Database& db, const Site& site) {
  return db.write([&](store::Writer& writer) -> std::string {
    if (store::count_administrators(writer) > 0) return {};
    store::withdraw_links(writer, store::LinkPurpose::first_administrator);
    return one_time_address(
        writer, site, {.purpose = store::LinkPurpose::first_administrator, .email = {}, .target = "/editor"}, 24h);
  });
}

void add_sign_in_routes(Router& router) {
  router.get("/sign-in", Who::anyone, sign_in);
  router.post("/sign-in", Who::anyone, take_sign_in);
  router.get("/sign-in/sent", Who::anyone, sent);
  router.post("/sign-out", Who::anyone, sign_out);
  router.get("/links/{token}", Who::anyone, look_at_link);
  router.post("/links/{token}", Who::anyone, take_link);
  router.get("/editor/account", Who::editor, account);
  router.post("/editor/account", Who::editor, change_password);
  router.post("/editor/account/sign-out-everywhere", Who::editor, sign_out_everywhere);
}

}  // namespace voice::server
