// Guest posts as editors see them: read, edit, ask, accept, schedule, publish, decline, take down.
#include <cstdio>
#include <functional>
#include <optional>

#include "base/text.h"
#include "base/time.h"
#include "content/images.h"
#include "server/desk.h"
#include "server/editor_parts.h"
#include "server/guest_parts.h"
#include "server/guest_text.h"
#include "server/letters.h"
#include "views/desk_guest_letters.h"

namespace voice::server {
namespace {

constexpr int kPostsShown = 100;

std::string path_of(GuestPostId id) { return "/editor/guest-posts/" + std::to_string(id.value); }

std::optional<store::GuestPost> found_post(const Request& request, store::Reader& db) {
  return store::find_guest_post(db, {number_in(request, "id")});
}

Response queue(const Request& request, const Site& site, store::Reader& db) {
  std::vector<store::GuestPost> others;
  for (const auto state : {store::GuestState::accepted, store::GuestState::scheduled, store::GuestState::changes_asked,
                           store::GuestState::published})
    for (auto& post : store::guest_posts_in(db, state, kPostsShown)) others.push_back(std::move(post));
  return show(request, site,
              views::guest_queue_page(store::guest_posts_in(db, store::GuestState::submitted, kPostsShown), others));
}

Response post_with(const Request& request, const Site& site, store::Reader& db, const store::GuestPost& post,
                   views::GuestForm form, int status) {
  form.form_token = request.viewer.form_token;
  form.revision = post.revision;
  if (form.typed == store::GuestText{}) form.typed = post.text;
  return show(request, site, views::guest_editor_page(form, post, store::guest_revisions(db, post.id)), status);
}

Response post(const Request& request, const Site& site, store::Reader& db) {
  const auto found = found_post(request, db);
  // A draft is its guest's alone until it is sent.
  if (!found || found->state == store::GuestState::draft) return not_found();
  return post_with(request, site, db, *found, {.done = request.query.get("done")}, 200);
}

Response preview(const Request& request, const Site& site, store::Reader& db) {
  const auto found = found_post(request, db);
  if (!found || found->state == store::GuestState::draft) return not_found();
  return show(request, site,
              views::guest_preview_page(*found, content::without_images(render_guest_post(*found).body),
                                        {"Back to the post", path_of(found->id)}));
}

Response changed_meanwhile(const Request& request, const Site& site, store::Database& db, GuestPostId id) {
  const auto now_is = *store::find_guest_post(*db.reader(), id);
  return post_with(
      request, site, *db.reader(), now_is,
      {.problems = {{"Somebody has changed this post since you opened it: it is “" + views::tag_of(now_is.state).text +
                         "” now, revision " + std::to_string(now_is.revision) +
                         ". Nothing of yours was done. Look at it again first",
                     {}}}},
      409);
}

// One step, its letter and its line in the log, together or not at all. The form says which text it was about.
template <class Move>
Response step(const Request& request, const Site& site, store::Database& db, const char* act, const char* done,
              const std::string& note, Move&& move) {
  const auto found = found_post(request, *db.reader());
  if (!found || found->state == store::GuestState::draft) return not_found();
  if (found->revision != revision_in(request.form)) return changed_meanwhile(request, site, db, found->id);
  const auto outcome = db.write([&](store::Writer& writer) -> Result<Done> {
    const Result<Done> moved = move(writer, *found);
    if (!moved) return moved.error();
    const auto now_is = *store::find_guest_post(writer, found->id);
    const bool is_public = now_is.state == store::GuestState::published || now_is.state == store::GuestState::withdrawn;
    store::record(writer,
                  act_of(request.viewer, act, "“" + now_is.text.title + "”",
                         is_public ? "/guest-posts/" + now_is.slug : path_of(found->id), note,
                         is_public ? store::Audience::everybody : store::Audience::editors),
                  site.clock.now());
    return Done{};
  });
  if (!outcome) return changed_meanwhile(request, site, db, found->id);
  return see_other(path_of(found->id) + "?done=" + done);
}

void tell(store::Writer& db, const Site& site, GuestPostId id,
          const std::function<views::LetterWords(const store::GuestPost&)>& words) {
  const auto post = *store::find_guest_post(db, id);
  write_letter(db, site, post.email, words(post));
}

Response publish(const Request& request, const Site& site, store::Database& db) {
  return step(request, site, db, "guest.published", "published", {},
              [&](store::Writer& writer, const store::GuestPost& post) -> Result<Done> {
                const auto published = store::publish_guest_post(writer, post.id, render_guest_post(post),
                                                                 hub_feed_of(site), site.clock.now());
                if (!published) return published.error();
                const auto now_is = *store::find_guest_post(writer, post.id);
                write_letter(writer, site, post.email,
                             views::guest_published_letter(now_is, site.address_of("/guest-posts/" + now_is.slug)),
                             "guest " + std::to_string(post.id.value) + " published");
                return Done{};
              });
}

Result<Done> move_and_tell(store::Writer& db, const Site& site, const store::GuestPost& post,
                           const store::GuestStep& to,
                           const std::function<views::LetterWords(const store::GuestPost&)>& words) {
  const auto moved = store::move_guest_post(db, post.id, to, site.clock.now());
  if (moved) tell(db, site, post.id, words);
  return moved;
}

Response accept(const Request& request, const Site& site, store::Database& db) {
  return step(
      request, site, db, "guest.accepted", "accepted", {}, [&](store::Writer& writer, const store::GuestPost& post) {
        return move_and_tell(writer, site, post, {.to = store::GuestState::accepted}, views::guest_accepted_letter);
      });
}

// "2026-12-24" and "09:30", by the clock in London; nothing where they are not that.
std::optional<sys_seconds> london_time(const std::string& day, const std::string& hour) {
  int year = 0, month = 0, date = 0, hours = 0, minutes = 0;
  char rest = 0;
  if (std::sscanf(day.c_str(), "%4d-%2d-%2d%c", &year, &month, &date, &rest) != 3) return std::nullopt;
  if (std::sscanf(hour.c_str(), "%2d:%2d%c", &hours, &minutes, &rest) != 2) return std::nullopt;
  const std::chrono::year_month_day ymd{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                        std::chrono::day{static_cast<unsigned>(date)}};
  if (!ymd.ok() || hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return std::nullopt;
  return london_midnight(ymd) + std::chrono::hours{hours} + std::chrono::minutes{minutes};
}

Response schedule(const Request& request, const Site& site, store::Database& db) {
  FormReader form(request.form);
  views::GuestForm typed;
  typed.day = form.line("day", {.missing = "Enter a day, for example 2026-12-24", .longest = 20});
  typed.hour = form.line("hour", {.missing = "Enter a time, for example 09:30", .longest = 20});
  const auto at = london_time(typed.day, typed.hour);
  if (form.ok() && !at) form.problem("day", "Enter a day as 2026-12-24 and a time as 09:30");
  if (form.ok() && *at <= site.clock.now()) form.problem("day", "Enter a day and time that are still to come");
  if (!form.ok()) {
    const auto found = found_post(request, *db.reader());
    if (!found || found->state == store::GuestState::draft) return not_found();
    typed.problems = form.problems();
    return post_with(request, site, *db.reader(), *found, typed, 422);
  }
  return step(request, site, db, "guest.scheduled", "scheduled", {},
              [&](store::Writer& writer, const store::GuestPost& post) {
                return move_and_tell(writer, site, post, {.to = store::GuestState::scheduled, .publish_at = at},
                                     views::guest_scheduled_letter);
              });
}

// The steps that need a word to the guest.
template <class Move>
Response with_note(const Request& request, const Site& site, store::Database& db, const std::string& field,
                   const char* missing, const char* act, const char* done, Move&& move) {
  FormReader form(request.form);
  const auto note = form.text(field, {.missing = missing, .longest = 1000});
  if (form.ok())
    return step(request, site, db, act, done, note,
                [&](store::Writer& writer, const store::GuestPost& post) { return move(writer, post, note); });
  const auto found = found_post(request, *db.reader());
  if (!found || found->state == store::GuestState::draft) return not_found();
  return post_with(request, site, *db.reader(), *found, {.problems = form.problems(), .note = note}, 422);
}

Response ask(const Request& request, const Site& site, store::Database& db) {
  return with_note(request, site, db, "ask-note", "Say what should be different", "guest.changes-asked", "asked",
                   [&](store::Writer& writer, const store::GuestPost& post, const std::string& note) {
                     return move_and_tell(writer, site, post, {.to = store::GuestState::changes_asked, .note = note},
                                          [&](const store::GuestPost& now_is) {
                                            return views::guest_changes_letter(
                                                now_is,
                                                one_time_address(writer, site,
                                                                 {.purpose = store::LinkPurpose::member,
                                                                  .email = post.email,
                                                                  .target = "/guest-posts/drafts/" + post.reference},
                                                                 kNewsLinkLife));
                                          });
                   });
}

Response decline(const Request& request, const Site& site, store::Database& db) {
  return with_note(request, site, db, "decline-note", "Say why", "guest.declined", "declined",
                   [&](store::Writer& writer, const store::GuestPost& post, const std::string& note) {
                     return move_and_tell(writer, site, post, {.to = store::GuestState::declined, .note = note},
                                          views::guest_declined_letter);
                   });
}

Response withdraw(const Request& request, const Site& site, store::Database& db) {
  return with_note(request, site, db, "withdraw-note", "Say why", "guest.withdrawn", "withdrawn",
                   [&](store::Writer& writer, const store::GuestPost& post, const std::string& note) -> Result<Done> {
                     const auto done = store::withdraw_guest_post(writer, post.id, note, site.clock.now());
                     if (done) tell(writer, site, post.id, views::guest_withdrawn_letter);
                     return done;
                   });
}

Response save(const Request& request, const Site& site, store::Database& db) {
  const auto found = found_post(request, *db.reader());
  if (!found || found->state == store::GuestState::draft) return not_found();
  FormReader form(request.form);
  views::GuestForm mine{.form_token = request.viewer.form_token,
                        .typed = read_guest_text(form, HowComplete::whole),
                        .revision = revision_in(request.form)};
  mine.problems = form.problems();
  if (!form.ok()) return post_with(request, site, *db.reader(), *found, mine, 422);
  const auto saved = db.write([&](store::Writer& writer) -> Result<Done> {
    const auto revision =
        store::save_guest_text(writer, found->id, mine.typed, mine.revision, request.viewer.name, site.clock.now());
    if (!revision) return revision.error();
    const auto post = *store::find_guest_post(writer, found->id);
    store::record(writer, act_of(request.viewer, "guest.edited", "“" + post.text.title + "”", path_of(post.id), {}),
                  site.clock.now());
    if (post.state != store::GuestState::published) return Done{};
    return store::publish_guest_post(writer, post.id, render_guest_post(post), hub_feed_of(site), site.clock.now());
  });
  if (!saved)
    return guest_conflict(request, site, db, found->id, mine, path_of(found->id),
                          {"Back to the post", path_of(found->id)});
  return see_other(path_of(found->id) + "?done=saved");
}

}  // namespace

void add_editor_guest_routes(Router& router) {
  router.get("/editor/guest-posts", Who::editor, queue);
  router.get("/editor/guest-posts/{id}", Who::editor, post);
  router.post("/editor/guest-posts/{id}", Who::editor, save, kTextFormLimit);
  router.get("/editor/guest-posts/{id}/preview", Who::editor, preview);
  router.post("/editor/guest-posts/{id}/publish", Who::editor, publish);
  router.post("/editor/guest-posts/{id}/schedule", Who::editor, schedule);
  router.post("/editor/guest-posts/{id}/accept", Who::editor, accept);
  router.post("/editor/guest-posts/{id}/ask", Who::editor, ask);
  router.post("/editor/guest-posts/{id}/decline", Who::editor, decline);
  router.post("/editor/guest-posts/{id}/withdraw", Who::editor, withdraw);
}

}  // namespace voice::server
