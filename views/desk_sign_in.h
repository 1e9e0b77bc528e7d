// views/desk_sign_in.h - signing in and out, links from letters, and forms that could not be taken.
#pragma once
#include <string>
#include <vector>

#include "store/sessions.h"
#include "views/desk_page.h"

namespace voice::views {

struct TypedField {
  std::string name;
  std::string value;
};

struct RefusedForm {
  enum class Reason { old_form, sent_before, elsewhere, signed_out };
  Reason reason = Reason::old_form;
  std::string start_again;        ///< where the form is
  std::vector<TypedField> typed;  ///< shown, so that nothing is lost
};
DeskPage refused_form_page(const RefusedForm& refused);

struct SignInPage {
  std::string form_token;
  std::string email;
  std::string next;  ///< where to go afterwards
  std::vector<Problem> problems;
};
DeskPage sign_in_page(const SignInPage& page);
/// The same words whether or not the address is known here.
DeskPage letter_sent_page(const std::string& what_for, const std::string& start_again);
/// A link from a letter: a button, because mail scanners open links.
DeskPage link_page(store::LinkState state, const store::Link& link, const std::string& form_token,
                   const std::string& action);

struct WelcomePage {
  std::string form_token;
  std::string action;
  std::string name, email;
  std::vector<Problem> problems;
};
DeskPage welcome_page(const WelcomePage& page);
DeskPage too_many_page(std::chrono::seconds wait);
DeskPage looking_elsewhere_page();

struct AccountPage {
  std::string form_token;
  std::string email;
  bool has_password = false;
  std::vector<store::Session> sessions;
  SessionId this_session;
  std::vector<Problem> problems;
  bool changed = false;
};
DeskPage account_page(const AccountPage& page);

}  // namespace voice::views
