// Topics as editors see them: which tags and words put a post there.
#include <algorithm>

#include "server/desk.h"
#include "server/editor_parts.h"
#include "server/form_reader.h"
#include "store/topics.h"
#include "views/desk_topics.h"

namespace voice::server {
namespace {

constexpr std::size_t kLongestTerm = 100;

Response topics(const Request& request, const Site& site, store::Reader& db) {
  return show(request, site, views::topics_desk_page(store::all_topics(db)));
}

std::string news(const std::string& done) {
  if (done == "added") return "Posts are being looked through again with it. That takes a minute or two.";
  if (done == "removed") return "Posts are being looked through again without it. That takes a minute or two.";
  return {};
}

Response topic_with(const Request& request, const Site& site, store::Reader& db, views::TopicForm form, int status) {
  const auto topic = store::find_topic(db, request.captures.get("slug"));
  if (!topic) return not_found();
  form.form_token = request.viewer.form_token;
  return show(request, site, views::topic_desk_page(form, *topic, store::terms_of(db, topic->id)), status);
}

Response topic(const Request& request, const Site& site, store::Reader& db) {
  return topic_with(request, site, db, {.done = news(request.query.get("done"))}, 200);
}

void note(store::Writer& db, const Request& request, const Site& site, const char* act, const store::Topic& topic,
          const store::TopicTerm& term) {
  store::record(db,
                act_of(request.viewer, act, views::in_words(term) + " of “" + topic.name + "”",
                       "/editor/topics/" + topic.slug, {}),
                site.clock.now());
}

Response add(const Request& request, const Site& site, store::Database& db) {
  const auto topic = store::find_topic(*db.reader(), request.captures.get("slug"));
  if (!topic) return not_found();
  FormReader form(request.form);
  views::TopicForm typed;
  typed.kind = form.choice("kind", {"tag", "words"}, "Choose whether it is a tag or words");
  typed.term = form.line("term", {.missing = "Enter a tag or words", .longest = kLongestTerm});
  const store::TopicTerm term{.kind = typed.kind == "words" ? store::TermKind::words : store::TermKind::tag,
                              .term = store::folded_term(typed.term)};
  if (form.ok() && term.term.empty()) form.problem("term", "Enter letters or digits");
  const bool added = form.ok() && db.write([&](store::Writer& writer) {
    if (!store::add_term(writer, topic->id, term)) return false;
    note(writer, request, site, "topic.term-added", *topic, term);
    return true;
  });
  if (added) return see_other("/editor/topics/" + topic->slug + "?done=added");
  if (form.ok()) form.problem("term", "This puts posts here already");
  typed.problems = form.problems();
  return topic_with(request, site, *db.reader(), typed, 422);
}

Response remove(const Request& request, const Site& site, store::Database& db) {
  const auto topic = store::find_topic(*db.reader(), request.captures.get("slug"));
  if (!topic) return not_found();
  const auto chosen = request.form.all("remove");
  int removed = 0;
  db.write([&](store::Writer& writer) {
    for (const auto& term : store::terms_of(writer, topic->id)) {
      if (std::ranges::find(chosen, views::value_of(term)) == chosen.end()) continue;
      if (!store::remove_term(writer, topic->id, term)) continue;
      note(writer, request, site, "topic.term-removed", *topic, term);
      ++removed;
    }
  });
  if (removed > 0) return see_other("/editor/topics/" + topic->slug + "?done=removed");
  return topic_with(request, site, *db.reader(), {.problems = {{"Choose what is to go", "remove"}}}, 422);
}

}  // namespace

void add_editor_topic_routes(Router& router) {
  router.get("/editor/topics", Who::editor, topics);
  router.get("/editor/topics/{slug}", Who::editor, topic);
  router.post("/editor/topics/{slug}/add", Who::editor, add);
  router.post("/editor/topics/{slug}/remove", Who::editor, remove);
}

}  // namespace voice::server
