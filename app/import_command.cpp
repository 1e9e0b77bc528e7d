#include "app/import_command.h"

#include <fmt/format.h>
#include <iostream>

#include "base/text.h"
#include "store/db.h"

namespace voice::app {
namespace {

store::BlogKind kind_of(const feeds::Outline& outline) {
  for (const auto part : split(outline.category, ','))
    if (const auto kind = store::parse_blog_kind(trim(part)); kind && *kind != store::BlogKind::hub) return *kind;
  return store::BlogKind::practitioner;
}

// An invitation that is imported as a member becomes one. True when it did.
bool accept_invitation(store::Writer& db, const std::string& feed_url, sys_seconds now) {
  const auto feed = store::find_feed_by_url(db, feed_url);
  const auto blog = feed ? store::find_blog(db, feed->blog) : std::nullopt;
  if (!blog || blog->state != store::BlogState::invited) return false;
  store::set_blog_state(db, blog->id, store::BlogState::active, now);
  return true;
}

std::string title_of(const feeds::Outline& outline) {
  for (const auto* name : {&outline.title, &outline.text, &outline.html_url})
    if (!trim(*name).empty()) return collapse_space(*name);
  return outline.xml_url;
}

}  // namespace

ImportReport import_outlines(store::Writer& db, const feeds::OutlineList& list, store::BlogState state,
                             sys_seconds now) {
  ImportReport report;
  for (const auto& outline : feeds::feeds_of(list)) {
    const auto added = store::add_blog(db,
                                       {.title = title_of(outline),
                                        .feed_url = outline.xml_url,
                                        .home_url = outline.html_url,
                                        .description = outline.description,
                                        .language = outline.language,
                                        .kind = kind_of(outline),
                                        .state = state},
                                       now);
    if (added) {
      ++report.added;
      report.lines.push_back("added: " + title_of(outline) + " <" + outline.xml_url + ">");
    } else if (state == store::BlogState::active && accept_invitation(db, outline.xml_url, now)) {
      ++report.added;
      report.lines.push_back("was invited, now a member: " + title_of(outline) + " <" + outline.xml_url + ">");
    } else if (added.error().code == ErrorCode::conflict) {
      ++report.already_here;
      report.lines.push_back("already here: " + title_of(outline) + " <" + outline.xml_url + ">");
    } else {
      ++report.refused;
      report.lines.push_back("refused: " + title_of(outline) + ": " + added.error().what);
    }
  }
  return report;
}

int import_command(const ImportOptions& options) {
  const auto settings = settings_for(options.hub);
  if (!settings) return fail_with(settings.error(), 1);
  const auto bytes = read_file(options.file);
  if (!bytes) return fail_with(bytes.error(), 3);
  const auto list = feeds::read_opml(*bytes);
  if (!list) return fail_with(list.error().in("reading " + options.file), 1);

  store::Database database(settings->store.database);
  const auto state = options.activate ? store::BlogState::active : store::BlogState::invited;
  const auto report =
      database.write([&](store::Writer& db) { return import_outlines(db, *list, state, SystemClock().now()); });
  for (const auto& line : report.lines) std::cout << line << "\n";
  std::cout << fmt::format("{} added{}, {} already here, {} refused\n", report.added,
                           options.activate ? "" : " as invitations", report.already_here, report.refused);
  return 0;
}

}  // namespace voice::app
