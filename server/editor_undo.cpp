#include "server/editor_undo.h"

#include <algorithm>
#include <charconv>

#include "server/desk.h"
#include "store/blogs.h"
#include "store/featuring.h"
#include "store/membership.h"
#include "views/desk_editor.h"

namespace voice::server {
namespace {

constexpr int kLinesBack = 50;  // an act that lies further back is not the last thing on anybody's mind

/// Each changes nothing and is false where the thing is no longer as the act left it.
struct Opposite {
  const char* of;
  const char* act;
  bool (*apply)(store::Writer& db, std::int64_t id, sys_seconds now);
};

bool change_state(store::Writer& db, std::int64_t feed, store::BlogState from, store::BlogState to, sys_seconds now) {
  const auto row = store::find_feed(db, FeedId{feed});
  const auto blog = row ? store::find_blog(db, row->blog) : std::nullopt;
  if (!blog || blog->state != from) return false;
  store::set_blog_state(db, blog->id, to, now);
  return true;
}

bool end_featuring(store::Writer& db, std::int64_t entry, sys_seconds now) {
  const auto current = store::current_feature_of(db, EntryId{entry}, now);
  return current && store::end_feature(db, current->id, now);
}

const Opposite kOpposites[] = {
    {"post.hidden", "post.restored",
     [](store::Writer& db, std::int64_t id, sys_seconds now) { return store::restore_post(db, EntryId{id}, now); }},
    {"post.restored", "post.hidden",
     [](store::Writer& db, std::int64_t id, sys_seconds now) { return store::hide_post(db, EntryId{id}, now); }},
    {"post.featured", "post.unfeatured", end_featuring},
    {"blog.paused", "blog.resumed",
     [](store::Writer& db, std::int64_t id, sys_seconds now) {
       return change_state(db, id, store::BlogState::paused, store::BlogState::active, now);
     }},
    {"blog.resumed", "blog.paused",
     [](store::Writer& db, std::int64_t id, sys_seconds now) {
       return change_state(db, id, store::BlogState::active, store::BlogState::paused, now);
     }},
    {"blog.removed", "blog.resumed",
     [](store::Writer& db, std::int64_t id, sys_seconds now) {
       return change_state(db, id, store::BlogState::left, store::BlogState::active, now);
     }},
};

const Opposite* opposite_of(const std::string& act) {
  const auto found = std::ranges::find_if(kOpposites, [&](const Opposite& each) { return act == each.of; });
  return found == std::end(kOpposites) ? nullptr : found;
}

// The number at the end of "/editor/posts/7".
std::int64_t id_in(const std::string& path) {
  const auto number = path.substr(path.rfind('/') + 1);
  std::int64_t id = 0;
  std::from_chars(number.data(), number.data() + number.size(), id);
  return id;
}

Response undo(const Request& request, const Site& site, store::Database& db) {
  const auto undone = db.write([&](store::Writer& writer) {
    const auto last = last_undoable(writer, request.viewer);
    if (!last || std::to_string(last->id) != request.form.get("line")) return false;
    const auto* opposite = opposite_of(last->act.act);
    const auto now = site.clock.now();
    if (!opposite->apply(writer, id_in(last->act.subject_path), now)) return false;
    store::record(writer,
                  act_of(request.viewer, opposite->act, last->act.subject, last->act.subject_path, "taken back",
                         last->act.audience),
                  now);
    return true;
  });
  site.poke_poller();
  if (undone) return see_other("/editor?done=undone");
  return show(request, site, views::cannot_undo_page(), 409);
}

}  // namespace

std::optional<store::AuditLine> last_undoable(store::Reader& db, const Viewer& editor) {
  for (auto& line : store::audit_lines(db, {.kind = {}, .limit = kLinesBack})) {
    if (line.act.user != editor.user) continue;
    if (!opposite_of(line.act.act) || line.act.subject_path.empty()) return std::nullopt;
    return std::move(line);
  }
  return std::nullopt;
}

void add_editor_undo_routes(Router& router) { router.post("/editor/undo", Who::editor, undo); }

}  // namespace voice::server
