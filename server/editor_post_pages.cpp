// Posts as editors see them: find, hide, restore, feature.

#include "base/numbers.h"
#include "base/text.h"
#include "server/desk.h"
#include "server/editor_parts.h"
#include "server/form_reader.h"
#include "store/featuring.h"
#include "store/membership.h"
#include "views/desk_editor.h"

namespace voice::server {
namespace {
using namespace std::chrono_literals;

constexpr int kPostsShown = 50;
constexpr int kLongestFeature = 60;  // days

std::string path_of(EntryId id) { return "/editor/posts/" + std::to_string(id.value); }

Response posts(const Request& request, const Site& site, store::Reader& db) {
  const auto words = std::string(utf8_prefix(one_line_of(request.query.get("q")), 200));
  return show(request, site, views::posts_page(words, store::newest_posts(db, words, site.clock.now(), kPostsShown)));
}

std::string news(const std::string& done) {
  if (done == "hidden") return "The post is hidden everywhere.";
  if (done == "restored") return "The post is shown again.";
  if (done == "featured") return "The post is featured.";
  if (done == "unfeatured") return "The post is no longer featured.";
  return {};
}

Response post_with(const Request& request, const Site& site, store::Reader& db, views::PostDeskPage page, int status) {
  const auto post = store::find_post(db, {number_in(request, "id")}, site.clock.now());
  if (!post) return not_found();
  page.form_token = request.viewer.form_token;
  if (page.days.empty() && page.problems.empty()) page.days = "7";
  if (page.position.empty() && page.problems.empty()) page.position = "1";
  return show(request, site, views::post_page(page, *post, store::current_feature_of(db, post->id, site.clock.now())),
              status);
}

Response post(const Request& request, const Site& site, store::Reader& db) {
  return post_with(request, site, db, {.done = news(request.query.get("done"))}, 200);
}

// Hiding and restoring differ in what they change and say. The public log names the blog and not the post: what was
// hidden would otherwise still stand there.
Response set_shown(const Request& request, const Site& site, store::Database& db, bool shown) {
  FormReader form(request.form);
  const auto reason = form.text(
      "reason", {.missing = shown ? "Say why it may be shown again" : "Say why it is hidden", .longest = 1000});
  if (!form.ok()) return post_with(request, site, *db.reader(), {.reason = reason, .problems = form.problems()}, 422);
  const auto found = store::find_post(*db.reader(), {number_in(request, "id")}, site.clock.now());
  if (!found) return not_found();
  const bool changed = db.write([&](store::Writer& writer) {
    const auto now = site.clock.now();
    if (!(shown ? store::restore_post(writer, found->id, now) : store::hide_post(writer, found->id, now))) return false;
    store::record(writer,
                  act_of(request.viewer, shown ? "post.restored" : "post.hidden", "a post of " + found->blog_title,
                         path_of(found->id), reason, store::Audience::everybody),
                  site.clock.now());
    return true;
  });
  if (!changed)
    return post_with(
        request, site, *db.reader(),
        {.problems = {{shown ? "Somebody has restored it already" : "Somebody has hidden it already", {}}}}, 409);
  return see_other(path_of(found->id) + (shown ? "?done=restored" : "?done=hidden"));
}

Response hide(const Request& request, const Site& site, store::Database& db) {
  return set_shown(request, site, db, false);
}
Response restore(const Request& request, const Site& site, store::Database& db) {
  return set_shown(request, site, db, true);
}

int number_from(FormReader& form, const std::string& field, const std::string& typed, int most,
                const std::string& sentence) {
  const auto number = parse_number<int>(typed).value_or(0);
  if (number < 1 || number > most) form.problem(field, sentence);
  return number;
}

Response feature_post(const Request& request, const Site& site, store::Database& db) {
  FormReader form(request.form);
  views::PostDeskPage page;
  page.sentence = form.line("sentence", {.missing = "Say in one sentence why people should read it", .longest = 200});
  page.days = one_line_of(request.form.get("days")).substr(0, 20);
  page.position = one_line_of(request.form.get("position")).substr(0, 20);
  const int days = number_from(form, "days", page.days, kLongestFeature, "Enter a number of days from 1 to 60");
  const int position =
      number_from(form, "position", page.position, store::kFeaturedAtOnce, "Enter a place from 1 to 3");
  page.problems = form.problems();
  if (!form.ok()) return post_with(request, site, *db.reader(), page, 422);
  const auto found = store::find_post(*db.reader(), {number_in(request, "id")}, site.clock.now());
  if (!found) return not_found();
  const auto outcome = db.write([&](store::Writer& writer) -> Result<Done> {
    const auto now = site.clock.now();
    const auto picked = store::feature(writer,
                                       {.entry = found->id,
                                        .sentence = page.sentence,
                                        .position = position,
                                        .ends = now + days * 24h,
                                        .by = request.viewer.user},
                                       now);
    if (!picked) return picked.error();
    store::record(writer,
                  act_of(request.viewer, "post.featured", "“" + views::title_of(*found) + "” of " + found->blog_title,
                         "/posts/" + std::to_string(found->id.value), page.sentence, store::Audience::everybody),
                  now);
    return Done{};
  });
  if (outcome) return see_other(path_of(found->id) + "?done=featured");
  page.problems = {{"Somebody has featured it already", {}}};
  return post_with(request, site, *db.reader(), page, 409);
}

Response unfeature(const Request& request, const Site& site, store::Database& db) {
  const auto found = store::find_post(*db.reader(), {number_in(request, "id")}, site.clock.now());
  if (!found) return not_found();
  db.write([&](store::Writer& writer) {
    const auto current = store::current_feature_of(writer, found->id, site.clock.now());
    if (!current || !store::end_feature(writer, current->id, site.clock.now())) return;
    store::record(writer,
                  act_of(request.viewer, "post.unfeatured", "“" + views::title_of(*found) + "” of " + found->blog_title,
                         path_of(found->id), {}),
                  site.clock.now());
  });
  return see_other(path_of(found->id) + "?done=unfeatured");
}

Response featured(const Request& request, const Site& site, store::Reader& db) {
  std::vector<views::FeaturedRow> rows;
  for (const auto& feature : store::current_features(db, site.clock.now()))
    if (const auto found = store::find_post(db, feature.entry, site.clock.now()))
      rows.push_back({.feature = feature, .post = *found});
  return show(request, site, views::featured_desk_page(rows));
}

}  // namespace

void add_editor_post_routes(Router& router) {
  router.get("/editor/posts", Who::editor, posts);
  router.get("/editor/posts/{id}", Who::editor, post);
  router.post("/editor/posts/{id}/hide", Who::editor, hide);
  router.post("/editor/posts/{id}/restore", Who::editor, restore);
  router.post("/editor/posts/{id}/feature", Who::editor, feature_post);
  router.post("/editor/posts/{id}/unfeature", Who::editor, unfeature);
  router.get("/editor/featured", Who::editor, featured);
}

}  // namespace voice::server
