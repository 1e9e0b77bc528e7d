// A reader reports a post without an account; editors read and close reports on their desk.
#include "server/desk.h"
#include "server/form_reader.h"
#include "store/reports.h"
#include "store/river.h"
#include "views/bidi.h"
#include "views/desk_report.h"
#include "views/post_card.h"

namespace voice::server {
namespace {

constexpr Slowed kReportLimit{.kind = "report",
                              .most_per_account = 5,  // for one post
                              .most_per_network = 20,
                              .window = std::chrono::seconds{86400}};
constexpr int kReportsShown = 50;

std::optional<store::RiverEntry> reported_post(const Request& request, const Site& site, store::Reader& db) {
  auto entry = store::find_entry(db, {number_in(request, "id")});
  if (entry && entry->river_at > site.clock.now()) entry.reset();
  return entry;
}

views::ReportForm form_for(const Request& request, const store::RiverEntry& entry) {
  return {.form_token = request.viewer.form_token,
          .post_title = views::isolated(views::card_of(entry).title) + ", " + views::isolated(entry.blog_title),
          .post_path = "/posts/" + std::to_string(entry.id.value),
          .words = {},
          .email = {},
          .is_sent = false,
          .problems = {}};
}

Response report(const Request& request, const Site& site, store::Reader& db) {
  const auto entry = reported_post(request, site, db);
  if (!entry) return not_found();
  auto form = form_for(request, *entry);
  form.is_sent = request.query.get("done") == "sent";
  return show(request, site, views::report_page(form));
}

Response send_report(const Request& request, const Site& site, store::Database& db) {
  const auto entry = reported_post(request, site, *db.reader());
  if (!entry) return not_found();
  auto form = form_for(request, *entry);
  FormReader reader(request.form);
  form.words = reader.text("words", {.missing = "Say what is wrong with the post", .longest = 2000});
  form.email = one_line_of(request.form.get("email"));
  if (!form.email.empty()) form.email = reader.email("email", {});
  form.problems = reader.problems();
  if (!reader.ok()) return show(request, site, views::report_page(form), 422);
  if (auto wait = slow_down(request, site, db, kReportLimit, form.post_path)) return std::move(*wait);
  db.write([&](store::Writer& writer) {
    store::add_report(writer, entry->id, form.words, form.email, site.clock.now());
    store::record(writer,
                  {.user = {},
                   .actor = "a reader",
                   .act = "report.sent",
                   .subject = "a post of " + entry->blog_title,
                   .subject_path = "/editor/reports",
                   .reason = {}},
                  site.clock.now());
  });
  return see_other(form.post_path + "/report?done=sent");
}

Response reports(const Request& request, const Site& site, store::Reader& db) {
  return show(request, site,
              views::reports_page(store::open_reports(db, kReportsShown), request.viewer.form_token,
                                  request.query.get("done") == "closed"));
}

Response close(const Request& request, const Site& site, store::Database& db) {
  db.write([&](store::Writer& writer) {
    const auto closed = store::close_report(writer, {number_in(request, "id")}, site.clock.now());
    if (!closed) return;
    store::record(writer,
                  act_of(request.viewer, "report.closed", "a post of " + closed->blog_title,
                         "/editor/posts/" + std::to_string(closed->entry.value), {}),
                  site.clock.now());
  });
  return see_other("/editor/reports?done=closed");
}

}  // namespace

void add_report_routes(Router& router) {
  router.get("/posts/{id}/report", Who::anyone, report);
  router.post("/posts/{id}/report", Who::anyone, send_report);
  router.get("/editor/reports", Who::editor, reports);
  router.post("/editor/reports/{id}/close", Who::editor, close);
}

}  // namespace voice::server
