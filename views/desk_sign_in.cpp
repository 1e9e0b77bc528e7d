#include "views/desk_sign_in.h"

#include "base/time.h"

namespace voice::views {
namespace {

PageHead private_head(std::string title) {
  return {.title = std::move(title), .description = {}, .path = {}, .section = {}, .indexing = Indexing::no};
}

std::string error_for(const std::vector<Problem>& problems, const std::string& field) {
  for (const auto& problem : problems)
    if (problem.field_id == field) return problem.text;
  return {};
}

}  // namespace

DeskPage refused_form_page(const RefusedForm& refused) {
  DeskPage page;
  switch (refused.reason) {
    case RefusedForm::Reason::old_form:
      page.heading = "This form is too old to send";
      page.parts.push_back(
          TextPart{.text = "Forms here can be sent for 24 hours, from the browser that opened them and with "
                           "cookies allowed. Nothing has been changed. Open the form again and send it once "
                           "more."});
      break;
    case RefusedForm::Reason::sent_before:
      page.heading = "You have already sent this form";
      page.parts.push_back(TextPart{.text = "It arrived the first time and was not sent twice."});
      break;
    case RefusedForm::Reason::elsewhere:
      page.heading = "This form came from another site";
      page.parts.push_back(
          TextPart{.text = "For your safety only forms on our own pages are taken. Nothing has been changed."});
      break;
    case RefusedForm::Reason::signed_out:
      page.heading = "You are signed out";
      page.parts.push_back(TextPart{.text = "Nothing has been changed. Sign in again, then send the form once more."});
      break;
  }
  page.head = private_head(page.heading);
  if (!refused.typed.empty()) {
    page.parts.push_back(HeadingPart{"What you wrote"});
    page.parts.push_back(TextPart{.text = "Copy it before you go on."});
    for (const auto& typed : refused.typed) page.parts.push_back(CodePart{.text = typed.value, .label = typed.name});
  }
  const bool signed_out = refused.reason == RefusedForm::Reason::signed_out;
  page.parts.push_back(LinksPart{.links = {{signed_out ? "Sign in" : "Start again", refused.start_again}}});
  return page;
}

DeskPage sign_in_page(const SignInPage& in) {
  DeskPage page;
  page.head = private_head("Sign in to the editors’ desk");
  page.heading = "Sign in to the editors’ desk";
  page.problems = in.problems;
  page.parts.push_back(TextPart{.text =
                                    "For editors and administrators. If you have a blog or a guest post here, sign in "
                                    "on the page “My blog” instead."});
  page.parts.push_back(
      FormPart{.action = "/sign-in",
               .form_token = in.form_token,
               .hidden = {{"next", in.next}},
               .fields = {TextField{.id = "email",
                                    .label = "E-mail address",
                                    .value = in.email,
                                    .error = error_for(in.problems, "email"),
                                    .type = "email",
                                    .autocomplete = "username",
                                    .width = 30},
                          TextField{.id = "password",
                                    .label = "Password",
                                    .hint = "Leave it empty to be sent a link instead.",
                                    .error = error_for(in.problems, "password"),
                                    .type = "password",
                                    .autocomplete = "current-password",
                                    .width = 30}},
               .buttons = {{.text = "Sign in", .name = "do", .value = "password"},
                           {.text = "Send me a link", .tone = "quiet", .name = "do", .value = "letter"}}});
  page.parts.push_back(LinksPart{.links = {{"My blog", "/my-blog"}}});
  return page;
}

DeskPage letter_sent_page(const std::string& what_for, const std::string& start_again) {
  DeskPage page;
  page.head = private_head("Look in your mail");
  page.panel_title = "Look in your mail";
  page.parts.push_back(TextPart{.text = "If the address you gave is one we know, a letter with a link " + what_for +
                                        " is on its way. The link works once."});
  page.parts.push_back(
      TextPart{.text = "Nothing after ten minutes? Look among unwanted mail, and check that the address was "
                       "spelled correctly."});
  page.parts.push_back(LinksPart{.links = {{"Ask again", start_again}}});
  return page;
}

DeskPage link_page(store::LinkState state, const store::Link& link, const std::string& form_token,
                   const std::string& action) {
  DeskPage page;
  const std::string again = link.purpose == store::LinkPurpose::editor ? "/sign-in" : "/my-blog";
  switch (state) {
    case store::LinkState::good:
      page.heading = "Continue as " + link.email;
      page.parts.push_back(FormPart{.action = action, .form_token = form_token, .buttons = {{.text = "Continue"}}});
      break;
    case store::LinkState::used: page.heading = "This link has been used"; break;
    case store::LinkState::expired: page.heading = "This link is too old"; break;
    case store::LinkState::unknown: page.heading = "This link does not work"; break;
  }
  if (state != store::LinkState::good) {
    page.parts.push_back(TextPart{.text = "Links in our letters work once and for a limited time. Check that the whole "
                                          "address was copied, or ask for a new one."});
    page.parts.push_back(LinksPart{.links = {{"Ask for a new link", again}}});
  }
  page.head = private_head(page.heading);
  return page;
}

DeskPage welcome_page(const WelcomePage& in) {
  DeskPage page;
  page.head = private_head("Make the first administrator");
  page.heading = "Make the first administrator";
  page.problems = in.problems;
  page.parts.push_back(TextPart{.text = "This account can do everything here, add editors among it."});
  page.parts.push_back(FormPart{.action = in.action,
                                .form_token = in.form_token,
                                .fields = {TextField{.id = "name",
                                                     .label = "Your name",
                                                     .hint = "It is shown in the editors’ log.",
                                                     .value = in.name,
                                                     .error = error_for(in.problems, "name"),
                                                     .autocomplete = "name",
                                                     .width = 30},
                                           TextField{.id = "email",
                                                     .label = "E-mail address",
                                                     .value = in.email,
                                                     .error = error_for(in.problems, "email"),
                                                     .type = "email",
                                                     .autocomplete = "username",
                                                     .width = 30},
                                           TextField{.id = "password",
                                                     .label = "Password",
                                                     .hint = "At least 12 characters. Three words or more work well.",
                                                     .error = error_for(in.problems, "password"),
                                                     .type = "password",
                                                     .autocomplete = "new-password",
                                                     .width = 30}},
                                .buttons = {{.text = "Make the account"}}});
  return page;
}

DeskPage too_many_page(std::chrono::seconds wait) {
  DeskPage page;
  page.head = private_head("Please wait");
  page.heading = "Please wait before you try again";
  const auto minutes = std::max<std::int64_t>(1, (wait.count() + 59) / 60);
  page.parts.push_back(
      TextPart{.text = "There have been too many attempts from your network or for this address. Try again "
                       "in " +
                       counted(minutes, "minute", "minutes") + "."});
  return page;
}

DeskPage looking_elsewhere_page() {
  DeskPage page;
  page.head = private_head("Please wait");
  page.heading = "Please try again in half a minute";
  page.parts.push_back(
      TextPart{.text = "We are looking at other people’s blogs at the moment. Go back in your browser, where what you "
                       "typed still stands, and send the form again. Nothing has been changed."});
  return page;
}

DeskPage account_page(const AccountPage& in) {
  DeskPage page;
  page.head = private_head("Your account");
  page.heading = "Your account";
  page.back = {"Editors’ desk", "/editor"};
  page.problems = in.problems;
  if (in.changed) page.notice = {.title = "Done", .text = "Your account has been changed.", .tone = "good"};
  page.parts.push_back(HeadingPart{in.has_password ? "Change your password" : "Choose a password"});
  FormPart form{.action = "/editor/account", .form_token = in.form_token, .buttons = {{.text = "Save the password"}}};
  if (in.has_password)
    form.fields.push_back(TextField{.id = "current",
                                    .label = "Present password",
                                    .error = error_for(in.problems, "current"),
                                    .type = "password",
                                    .autocomplete = "current-password",
                                    .width = 30});
  form.fields.push_back(TextField{.id = "password",
                                  .label = "New password",
                                  .hint = "At least 12 characters. Everywhere else you are signed out.",
                                  .error = error_for(in.problems, "password"),
                                  .type = "password",
                                  .autocomplete = "new-password",
                                  .width = 30});
  page.parts.push_back(std::move(form));
  page.parts.push_back(HeadingPart{"Where you are signed in"});
  std::vector<std::string> sessions;
  for (const auto& session : in.sessions)
    sessions.push_back("Since " + moment_in_words(session.created) + (session.id == in.this_session ? " (here)" : ""));
  page.parts.push_back(ListPart{std::move(sessions)});
  page.parts.push_back(FormPart{.action = "/editor/account/sign-out-everywhere",
                                .form_token = in.form_token,
                                .buttons = {{.text = "Sign out everywhere", .tone = "quiet"}}});
  return page;
}

}  // namespace voice::views
