// app/export_command.h - `voice export`: everything readers can see, in formats that any other program reads.
#pragma once
#include "app/keep_commands.h"

namespace voice::app {

/// Writes members.opml, one JSON Feed for each blog with all its stored posts, and files.txt, which names these, into a folder.
/// Those that an earlier export there listed and whose blogs have gone are removed. Exit code: 0 done; 3 not written, or there
/// is no database.
int export_command(const KeepOptions& options);

}  // namespace voice::app
