// app/keep_commands.h - `voice backup` and `voice restore`: nothing is lost when a host dies.
#pragma once
#include <string>

#include "app/hub_files.h"

namespace voice::app {

struct KeepOptions {
  HubOptions hub;
  std::string path;  ///< the file or folder that is named on the command line
};

/// Copies the database to a new file while the hub runs on. Exit code: 0 done; 1 the file is already there; 3 not written,
/// or there is no database.
int backup_command(const KeepOptions& options);
/// Puts a backup where the database belongs, after checking it; the database that was there is kept beside it as
/// NAME.before-restore. Exit code: 0 done; 1 it is no sound backup, or a hub has the database open; 3 not written.
int restore_command(const KeepOptions& options);

}  // namespace voice::app
