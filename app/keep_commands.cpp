#include "app/keep_commands.h"

#include <filesystem>
#include <fmt/format.h>
#include <iostream>

#include "base/clock.h"
#include "store/db.h"
#include "store/free_name.h"

namespace voice::app {
namespace {
namespace fs = std::filesystem;

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
  if (!problem) fs::permissions(copy, fs::perms::owner_read | fs::perms::owner_write, problem);
  const auto checked = problem ? Result<Done>(Error{ErrorCode::io, copy + " cannot be written: " + problem.message()})
                               : check_backup(copy, options.path);
  if (!checked) {
    remove_database(copy);
    return fail_with(checked.error(), 1);
  }
  for (const auto* end : {"-wal", "-shm"}) fs::remove(copy + end);
  if (fs::exists(target)) give_rights_of(target, copy);
  const auto kept = fs::exists(target) ? put_aside(target) : std::string();
  fs::rename(copy, target);
  std::cout << target << " is now what " << options.path << " was\n";
  if (!kept.empty()) std::cout << "What it was before is kept as " << kept << "\n";
  return 0;
}

}  // namespace voice::app
