#include "app/keep_commands.h"

#include <filesystem>
#include <fmt/format.h>
#include <iostream>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "feeds/opml.h"
#include "feeds/write.h"
#include "store/blogs.h"
#include "store/free_name.h"
#include "store/river.h"

namespace voice::app {
namespace {
namespace fs = std::filesystem;

constexpr int kPage = 200;

feeds::Entry exported(store::Reader& db, const store::RiverEntry& entry) {
  feeds::Entry out;
  out.id = entry.original_id;
  out.id_is_permalink = entry.id_is_permalink;
  out.url = entry.url;
  out.title = entry.title;
  out.content_html = store::body_of(db, entry.id).text();
  out.image = entry.image;
  out.language = entry.language;
  out.comments_url = entry.comments_url;
  out.rights = entry.rights;
  out.licence = entry.licence;
  out.published = entry.published;
  out.updated = entry.updated;
  out.authors = entry.authors;
  out.tags = entry.tags;
  out.enclosures = entry.enclosures;
  return out;
}

feeds::Feed posts_of(store::Reader& db, const store::Blog& blog, sys_seconds now) {
  feeds::Feed feed;
  feed.title = blog.title;
  feed.home_page_url = blog.home_url;
  feed.description = blog.description;
  feed.language = blog.language;
  store::RiverQuery page{.filter = store::OfBlog{blog.id}, .now = now, .before = {}, .limit = kPage};
  for (;;) {
    const auto entries = store::river(db, page);
    for (const auto& entry : entries) feed.entries.push_back(exported(db, entry));
    if (entries.size() < kPage) return feed;
    page.before = entries.back().cursor();
  }
}

feeds::Outline outline_of(store::Reader& db, const store::Blog& blog) {
  const auto feeds = store::feeds_of(db, blog.id);
  return {.text = blog.title,
          .title = blog.title,
          .type = "rss",
          .xml_url = feeds.empty() ? std::string() : feeds.front().url,
          .html_url = blog.home_url,
          .description = blog.description,
          .language = blog.language,
          .category = std::string(store::name_of(blog.kind)),
          .children = {}};
}

// A sound copy of a database of ours has our tables, opens, and passes SQLite's own check. `copy` may be changed by it.
Result<Done> check_backup(const std::string& copy, const std::string& name) {
  try {
    if (fs::file_size(copy) == 0 || !store::Database::is_of_a_hub(copy))
      return Error{ErrorCode::malformed, name + " is no backup of this program: it has none of its tables"};
    store::Database database(copy);
    auto reader = database.reader();
    auto rows = reader->query("PRAGMA integrity_check");
    const auto verdict = rows.step() ? rows.text(0) : "no answer";
    if (verdict != "ok") return Error{ErrorCode::malformed, name + " is damaged: " + verdict};
    database.check_point();
  } catch (const store::DatabaseError& error) {
    return Error{ErrorCode::malformed, name + " is no backup of this program: " + error.what()};
  }
  return Done{};
}

void remove_database(const std::string& path) {
  std::error_code ignored;
  for (const auto* end : {"", "-wal", "-shm"}) fs::remove(path + end, ignored);
}

// Moves the database out of the way, with what its log holds, and says where to.
std::string put_aside(const std::string& database) {
  const auto aside =
      store::free_name(database + ".before-restore", [](const std::string& path) { return fs::exists(path); });
  for (const auto* end : {"-wal", "-shm", ""})
    if (fs::exists(database + end)) fs::rename(database + end, aside + end);
  return aside;
}

// The hub's user must be able to open what somebody else restored; a backup that all may read is no reason that all may
// read the database.
void give_rights_of(const std::string& file, const std::string& copy) {
  struct stat its {};
  if (::stat(file.c_str(), &its) != 0) return;
  ::chmod(copy.c_str(), its.st_mode & 0660);
  if (::chown(copy.c_str(), its.st_uid, its.st_gid) != 0) return;  // only root may; for all others it is theirs already
}

// The blogs' files of an export, a name a line: the next one must know which are its own to remove.
constexpr const char* kFileList = "files.txt";

// Removes what an earlier export wrote and this one did not, so that nothing is handed on that its blogger took back.
std::size_t remove_leftovers(const fs::path& folder, const std::set<std::string>& written) {
  const auto before = read_file((folder / kFileList).string());
  if (!before) return 0;  // the first one
  std::size_t removed = 0;
  for (const auto line : split(*before, '\n')) {
    const std::string name(trim(line));
    if (name.empty() || name.find('/') != std::string::npos || written.contains(name)) continue;
    removed += fs::remove(folder / "blogs" / name) ? 1 : 0;
  }
  return removed;
}

Result<Done> write_file_list(const fs::path& folder, const std::set<std::string>& files) {
  std::string list;
  for (const auto& name : files) list += name + "\n";
  return write_file((folder / kFileList).string(), list);
}

}  // namespace

int backup_command(const KeepOptions& options) {
  const auto settings = settings_for(options.hub);
  if (!settings) return fail_with(settings.error(), 1);
  if (fs::exists(options.path))
    return fail_with({ErrorCode::conflict, options.path + " is already there; name a new file"}, 1);
  store::Database database(settings->store.database, store::IfMissing::refuse);
  database.back_up_to(options.path);
  std::cout << fmt::format("{} ({} bytes)\n", options.path, fs::file_size(options.path));
  return 0;
}

int restore_command(const KeepOptions& options) {
  const auto settings = settings_for(options.hub);
  if (!settings) return fail_with(settings.error(), 1);
  const auto& target = settings->store.database;
  if (!fs::is_regular_file(options.path))
    return fail_with({ErrorCode::not_found, options.path + " is not there, or is no file"}, 1);
  if (fs::exists(target) && fs::equivalent(options.path, target))
    return fail_with({ErrorCode::conflict, options.path + " is the database itself; name a backup of it"}, 1);
  if (fs::exists(target) && store::Database::is_in_use(target))
    return fail_with(
        {ErrorCode::conflict, target + " is in use; stop the hub first, or it would go on with the old one"}, 1);
  // Everything that can fail is done beside the database, so that it stays as it is until its successor is whole.
  const auto copy = target + ".restoring";
  remove_database(copy);
  std::error_code problem;
  fs::copy_file(options.path, copy, problem);
  const auto checked = problem ? Result<Done>(Error{ErrorCode::io, copy + " cannot be written: " + problem.message()})
                               : check_backup(copy, options.path);
  if (!checked) {
    remove_database(copy);
    return fail_with(checked.error(), 1);
  }
  for (const auto* end : {"-wal", "-shm"}) fs::remove(copy + end);
  give_rights_of(fs::exists(target) ? target : options.path, copy);
  const auto kept = fs::exists(target) ? put_aside(target) : std::string();
  fs::rename(copy, target);
  std::cout << target << " is now what " << options.path << " was\n";
  if (!kept.empty()) std::cout << "What it was before is kept as " << kept << "\n";
  return 0;
}

int export_command(const KeepOptions& options) {
  const auto settings = settings_for(options.hub);
  if (!settings) return fail_with(settings.error(), 1);
  const auto now = SystemClock().now();
  store::Database database(settings->store.database, store::IfMissing::refuse);
  auto reader = database.reader();
  const store::Snapshot snapshot(*reader);
  const fs::path folder(options.path);
  std::error_code problem;
  fs::create_directories(folder / "blogs", problem);
  if (problem) return fail_with({ErrorCode::io, options.path + " cannot be made a folder: " + problem.message()}, 3);
  std::set<std::string> files;
  feeds::OutlineList members{.title = "Members of " + settings->site.title, .created = now};
  std::size_t posts = 0;
  for (const auto state : {store::BlogState::active, store::BlogState::paused, store::BlogState::gone}) {
    for (const auto& blog : store::blogs_in_state(*reader, state)) {
      members.outlines.push_back(outline_of(*reader, blog));
      const auto feed = posts_of(*reader, blog, now);
      posts += feed.entries.size();
      const auto name = blog.slug + ".json";
      const auto written = write_file((folder / "blogs" / name).string(), feeds::write_json_feed(feed));
      if (!written) return fail_with(written.error(), 3);
      files.insert(name);
    }
  }
  const auto written = write_file((folder / "members.opml").string(), feeds::write_opml(members));
  if (!written) return fail_with(written.error(), 3);
  if (const auto removed = remove_leftovers(folder, files); removed > 0)
    std::cout << fmt::format("removed from an earlier export: {} files of blogs that have gone\n", removed);
  if (const auto listed = write_file_list(folder, files); !listed) return fail_with(listed.error(), 3);
  std::cout << fmt::format("{} blogs and {} posts in {}\n", members.outlines.size(), posts, options.path);
  return 0;
}

}  // namespace voice::app
