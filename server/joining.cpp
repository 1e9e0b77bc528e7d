#include "server/joining.h"

#include "server/desk.h"
#include "server/feed_check.h"
#include "server/letters.h"
#include "store/audit.h"

namespace voice::server {
std::string my_blog_link(store::Writer& db, const Site& site, const store::Application& application) {
  return one_time_address(db, site,
                          {.purpose = store::LinkPurpose::member,
                           .email = application.answers.email,
                           .target = "/my-blog/" + application.reference},
                          kNewsLinkLife);
}

std::string new_proof_word(const Site& site) { return "voice-" + site.tokens.token(12); }

namespace {

std::string editor_path(ApplicationId id) { return "/editor/applications/" + std::to_string(id.value); }

// The letter and the log of a decision that has just been stored.
void tell_decision(store::Writer& db, const Site& site, const store::Act& by, ApplicationId id) {
  const auto decided = *store::find_application(db, id);
  const auto once = "application " + decided.reference + " decided";
  const bool accepted = decided.state == store::ApplicationState::accepted;
  auto act = by;
  act.act = accepted ? "application.accepted" : "application.declined";
  act.subject = decided.answers.title;
  act.reason = decided.reason;
  if (accepted) {
    const auto blog = store::find_blog(db, decided.blog);
    act.subject_path = "/blogs/" + blog->slug;
    act.audience = store::Audience::everybody;
    write_letter(
        db, site, decided.answers.email,
        views::application_accepted_letter(decided, my_blog_link(db, site, decided), site.address_of(act.subject_path)),
        once);
  } else {
    act.subject_path = editor_path(id);
    write_letter(db, site, decided.answers.email, views::application_declined_letter(decided), once);
  }
  store::record(db, act, site.clock.now());
}

}  // namespace

Result<Done> send_application(store::Database& db, const Site& site, const store::Application& draft) {
  return db.write([&](store::Writer& writer) -> Result<Done> {
    auto answers = draft.answers;
    answers.has_right = true;
    if (answers.licence == "none") answers.licence.clear();
    store::set_answers(writer, draft.id, answers);
    const auto sent = store::send_application(writer, draft.id, new_reference(site), site.clock.now());
    if (!sent)
      return Error{ErrorCode::conflict, sent.error().what == "this feed is a member already"
                                            ? "This blog is a member already. If it is yours, go to “My blog”"
                                            : "An application for this blog is waiting for an editor already"};
    const auto application = *store::find_application(writer, draft.id);
    write_letter(writer, site, answers.email,
                 views::application_received_letter(application, my_blog_link(writer, site, application),
                                                    length_in_words(kNewsLinkLife)),
                 "application " + application.reference + " received");
    store::record(writer,
                  {.actor = "a blogger",
                   .act = "application.sent",
                   .subject = answers.title,
                   .subject_path = editor_path(draft.id)},
                  site.clock.now());
    return Done{};
  });
}

bool prove_application(store::Database& db, const Site& site, const store::Application& application) {
  if (application.proved) return true;
  const auto by = look_for_proof(site, application);
  if (by.empty()) return false;
  db.write([&](store::Writer& writer) {
    store::set_proved(writer, application.id, by, site.clock.now());
    if (!site.settings.desk.accept_proven_blogs || application.state != store::ApplicationState::waiting) return;
    const store::Act hub{.actor = "the hub"};
    if (store::decide_application(
            writer, application.id,
            {.to = store::ApplicationState::accepted, .by = "the hub", .reason = "its owner proved that it is theirs"},
            site.clock.now()))
      tell_decision(writer, site, hub, application.id);
  });
  site.poke_poller();
  return true;
}

Result<Done> decide(store::Database& db, const Site& site, const Viewer& editor, ApplicationId application,
                    store::ApplicationState to, const std::string& reason) {
  const auto outcome = db.write([&](store::Writer& writer) -> Result<Done> {
    const auto decided = store::decide_application(writer, application, {.to = to, .by = editor.name, .reason = reason},
                                                   site.clock.now());
    if (!decided) return decided.error();
    tell_decision(writer, site, act_of(editor, {}, {}, {}, {}), application);
    return Done{};
  });
  if (outcome && to == store::ApplicationState::accepted) site.poke_poller();
  return outcome;
}

views::ProofWays proof_ways(const Site& site, const store::Application& application, const std::string& action,
                            const std::string& form_token) {
  const auto& word = application.proof_word;
  return {.meta = "<meta name=\"voice-verify\" content=\"" + word + "\">",
          .link = "<a rel=\"me\" href=\"" + proof_address(site, word) + "\">" + site.settings.site.title + "</a>",
          .word = word,
          .action = action,
          .form_token = form_token};
}

}  // namespace voice::server
