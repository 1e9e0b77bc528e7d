// app/import_command.h - `voice import`: an outline list of feeds becomes blogs.
#pragma once
#include <string>
#include <vector>

#include "app/hub_files.h"
#include "base/clock.h"
#include "feeds/opml.h"
#include "store/blogs.h"

namespace voice::app {

struct ImportOptions {
  HubOptions hub;
  std::string file;       ///< "-" is standard input
  bool activate = false;  ///< members polled at once, instead of invitations that wait for their owners
};

struct ImportReport {
  int added = 0;
  int already_here = 0;
  int refused = 0;
  std::vector<std::string> lines;  ///< one for each outline: what became of it and why
};

/// Adds every feed of `list` that is not here yet, each in its own right: one that is refused does not stop the others.
/// An outline's category may name the kind of blog (store/blogs.h).
ImportReport import_outlines(store::Writer& db, const feeds::OutlineList& list, store::BlogState state,
                             sys_seconds now);

/// Exit code: 0 done; 1 the file is refused; 3 the file or the database cannot be opened.
int import_command(const ImportOptions& options);

}  // namespace voice::app
