// The editors' desk: what waits, applications, feeds, letters and the log. Posts are in editor_post_pages.cpp.
#include "server/desk.h"
#include "server/editor_parts.h"
#include "server/editor_undo.h"
#include "server/form_reader.h"
#include "server/joining.h"
#include "store/applications.h"
#include "store/featuring.h"
#include "store/guest_posts.h"
#include "store/membership.h"
#include "store/outbox.h"
#include "store/reports.h"
#include "store/topics.h"
#include "views/desk_editor.h"

namespace voice::server {
namespace {

constexpr int kLogPage = 50;
constexpr int kMostFailing = 200;

bool letters_leave(const Site& site) { return !site.settings.mail.smtp_url.empty(); }

std::vector<views::TopicChoice> topic_choices(store::Reader& db) {
  std::vector<views::TopicChoice> choices;
  for (const auto& topic : store::all_topics(db))
    choices.push_back({.slug = topic.slug, .name = topic.name, .description = {}});
  return choices;
}

Response dashboard(const Request& request, const Site& site, store::Reader& db) {
  const auto waiting = store::waiting_applications(db);
  views::DeskCounts counts{.applications = static_cast<std::int64_t>(waiting.size()),
                           .guest_posts = store::count_guest_posts(db, store::GuestState::submitted),
                           .reports = store::count_open_reports(db),
                           .failing_feeds = static_cast<std::int64_t>(store::failing_feeds(db, kMostFailing).size()),
                           .featured = static_cast<std::int64_t>(store::current_features(db, site.clock.now()).size()),
                           .letters_stuck = store::count_letters(db, store::LetterState::failed) +
                                            store::count_letters(db, store::LetterState::doubtful),
                           .letters_leave = letters_leave(site),
                           .is_administrator = request.viewer.role == Role::administrator,
                           .oldest_application = {}};
  if (!waiting.empty()) counts.oldest_application = waiting.front().sent;
  counts.form_token = request.viewer.form_token;
  counts.last_act = last_undoable(db, request.viewer);
  counts.undone = request.query.get("done") == "undone";
  return show(request, site, views::dashboard_page(counts, site.clock.now()));
}

Response queue(const Request& request, const Site& site, store::Reader& db) {
  return show(request, site,
              views::queue_page(store::waiting_applications(db), request.query.get("done"), site.clock.now()));
}

Response application_with(const Request& request, const Site& site, store::Reader& db, const views::DecisionPage& page,
                          int status) {
  const auto application = store::find_application(db, {number_in(request, "id")});
  if (!application || application->state == store::ApplicationState::draft) return not_found();
  return show(request, site,
              views::application_page(page, *application, store::preview_posts(db, application->id), topic_choices(db),
                                      site.clock.now()),
              status);
}

Response application(const Request& request, const Site& site, store::Reader& db) {
  return application_with(request, site, db, {.form_token = request.viewer.form_token}, 200);
}

// 409 for whoever comes second, or whose applicant's feed has joined by another way.
Response decided(const Request& request, const Site& site, store::Database& db, const Result<Done>& outcome,
                 const char* done) {
  if (outcome) return see_other(std::string("/editor/queue?done=") + done);
  const auto application = store::find_application(*db.reader(), {number_in(request, "id")});
  if (!application || application->state == store::ApplicationState::draft) return not_found();
  if (application->state != store::ApplicationState::waiting)
    return show(request, site, views::decided_already_page(*application), 409);
  return application_with(request, site, *db.reader(),
                          {.form_token = request.viewer.form_token,
                           .problems = {{"This feed has become a member in another way meanwhile", "reason"}}},
                          409);
}

Response accept(const Request& request, const Site& site, store::Database& db) {
  const auto outcome =
      decide(db, site, request.viewer, {number_in(request, "id")}, store::ApplicationState::accepted, {});
  return decided(request, site, db, outcome, "accepted");
}

Response decline(const Request& request, const Site& site, store::Database& db) {
  FormReader form(request.form);
  const auto reason =
      form.text("reason", {.missing = "Say why, so that the applicant can do something about it", .longest = 1000});
  if (!form.ok())
    return application_with(request, site, *db.reader(),
                            {.form_token = request.viewer.form_token, .reason = reason, .problems = form.problems()},
                            422);
  const auto outcome =
      decide(db, site, request.viewer, {number_in(request, "id")}, store::ApplicationState::declined, reason);
  return decided(request, site, db, outcome, "declined");
}

Response feeds(const Request& request, const Site& site, store::Reader& db) {
  return show(
      request, site,
      views::feeds_page(store::failing_feeds(db, kMostFailing), store::blogs_in_state(db, store::BlogState::paused)));
}

std::string feed_news(const std::string& done) {
  if (done == "fetch") return "The feed will be read within a minute, or ten minutes after the last time.";
  if (done == "pause") return "The feed is not read until somebody resumes it.";
  if (done == "resume") return "The feed is read again.";
  return {};
}

Response feed_with(const Request& request, const Site& site, store::Reader& db,
                   const std::vector<views::Problem>& problems, int status) {
  const auto feed = store::find_feed(db, {number_in(request, "id")});
  const auto blog = feed ? store::find_blog(db, feed->blog) : std::nullopt;
  if (!blog) return not_found();
  return show(
      request, site,
      views::feed_page(
          {.form_token = request.viewer.form_token, .done = feed_news(request.query.get("done")), .problems = problems},
          *blog, *feed),
      status);
}

Response feed(const Request& request, const Site& site, store::Reader& db) {
  return feed_with(request, site, db, {}, 200);
}

// What the buttons on a feed's page do; `act` is for the log.
template <class Change>
Response change_feed(const Request& request, const Site& site, store::Database& db, const char* act, const char* done,
                     const std::string& reason, Change&& change) {
  const auto found = store::find_feed(*db.reader(), {number_in(request, "id")});
  const auto blog = found ? store::find_blog(*db.reader(), found->blog) : std::nullopt;
  if (!blog) return not_found();
  db.write([&](store::Writer& writer) {
    change(writer, *blog, *found);
    store::record(writer,
                  act_of(request.viewer, act, blog->title, "/editor/feeds/" + std::to_string(found->id.value), reason),
                  site.clock.now());
  });
  site.poke_poller();
  return see_other(done[0] == '\0' ? "/editor/feeds"
                                   : "/editor/feeds/" + std::to_string(found->id.value) + "?done=" + done);
}

Response fetch_feed(const Request& request, const Site& site, store::Database& db) {
  return change_feed(request, site, db, "feed.fetched", "fetch", {},
                     [&](store::Writer& writer, const store::Blog&, const store::FeedRow& row) {
                       store::make_feed_due(writer, row.id, site.clock.now(), site.settings.fetch.min_interval);
                     });
}

Response pause_feed(const Request& request, const Site& site, store::Database& db) {
  return change_feed(request, site, db, "blog.paused", "pause", {},
                     [&](store::Writer& writer, const store::Blog& blog, const store::FeedRow&) {
                       store::set_blog_state(writer, blog.id, store::BlogState::paused, site.clock.now());
                     });
}

Response resume_feed(const Request& request, const Site& site, store::Database& db) {
  return change_feed(request, site, db, "blog.resumed", "resume", {},
                     [&](store::Writer& writer, const store::Blog& blog, const store::FeedRow&) {
                       store::set_blog_state(writer, blog.id, store::BlogState::active, site.clock.now());
                     });
}

Response remove_feed(const Request& request, const Site& site, store::Database& db) {
  FormReader form(request.form);
  const auto reason = form.text("reason", {.missing = "Say why it is removed", .longest = 1000});
  if (!form.ok()) return feed_with(request, site, *db.reader(), form.problems(), 422);
  return change_feed(request, site, db, "blog.removed", "", reason,
                     [&](store::Writer& writer, const store::Blog& blog, const store::FeedRow&) {
                       store::set_blog_state(writer, blog.id, store::BlogState::left, site.clock.now());
                     });
}

Response log_of(const Request& request, const Site& site, store::Reader& db, store::Audience audience) {
  views::LogPage page{.kind = one_line_of(request.query.get("kind")).substr(0, 20),
                      .older_url = {},
                      .newest_url = {},
                      .is_public = audience == store::Audience::everybody};
  std::int64_t before = 0;
  if (const auto typed = request.query.get("before");
      !typed.empty() && typed.size() < 19 && typed.find_first_not_of("0123456789") == std::string::npos)
    before = std::stoll(typed);
  page.lines =
      store::audit_lines(db, {.kind = page.kind, .audience = audience, .before_id = before, .limit = kLogPage});
  const std::string path = page.is_public ? "/log" : "/editor/log", kind = page.kind.empty() ? "" : "kind=" + page.kind;
  if (before > 0) page.newest_url = path + (kind.empty() ? "" : "?" + kind);
  if (page.lines.size() == kLogPage)
    page.older_url = path + "?" + (kind.empty() ? "" : kind + "&") + "before=" + std::to_string(page.lines.back().id);
  return show(request, site, views::log_page(page));
}

Response desk_log(const Request& request, const Site& site, store::Reader& db) {
  return log_of(request, site, db, store::Audience::editors);
}
Response public_log(const Request& request, const Site& site, store::Reader& db) {
  return log_of(request, site, db, store::Audience::everybody);
}

Response letters(const Request& request, const Site& site, store::Reader& db) {
  return show(request, site, views::letters_page(store::newest_letters(db, 100), letters_leave(site)));
}

Response letter(const Request& request, const Site& site, store::Reader& db) {
  const auto found = store::find_letter(db, {number_in(request, "id")});
  if (!found) return not_found();
  return show(request, site, views::letter_page(*found, request.viewer.form_token));
}

Response resend(const Request& request, const Site& site, store::Database& db) {
  const LetterId id{number_in(request, "id")};
  db.write([&](store::Writer& writer) {
    const auto found = store::find_letter(writer, id);
    if (found && store::resend_letter(writer, id, site.clock.now()))
      store::record(
          writer,
          act_of(request.viewer, "letter.resent", found->subject, "/editor/letters/" + std::to_string(id.value), {}),
          site.clock.now());
  });
  return see_other("/editor/letters/" + std::to_string(id.value));
}

}  // namespace

void add_editor_routes(Router& router) {
  router.get("/editor", Who::editor, dashboard);
  router.get("/editor/queue", Who::editor, queue);
  router.get("/editor/applications/{id}", Who::editor, application);
  router.post("/editor/applications/{id}/accept", Who::editor, accept);
  router.post("/editor/applications/{id}/decline", Who::editor, decline);
  router.get("/editor/feeds", Who::editor, feeds);
  router.get("/editor/feeds/{id}", Who::editor, feed);
  router.post("/editor/feeds/{id}/fetch", Who::editor, fetch_feed);
  router.post("/editor/feeds/{id}/pause", Who::editor, pause_feed);
  router.post("/editor/feeds/{id}/resume", Who::editor, resume_feed);
  router.post("/editor/feeds/{id}/remove", Who::editor, remove_feed);
  router.get("/editor/log", Who::editor, desk_log);
  router.get("/log", Who::anyone, public_log);
  router.get("/editor/letters", Who::administrator, letters);
  router.get("/editor/letters/{id}", Who::administrator, letter);
  router.post("/editor/letters/{id}/resend", Who::administrator, resend);
  add_editor_post_routes(router);
  add_editor_guest_routes(router);
  add_editor_topic_routes(router);
  add_editor_undo_routes(router);
}

}  // namespace voice::server
