// app/serve_command.h - `voice serve`: server and scheduler in one process.
#pragma once
#include <string>

#include "app/hub_files.h"

namespace voice::app {

struct ServeOptions {
  HubOptions hub;
  std::string listen;  ///< wins over the settings
  std::string views;   ///< a folder of templates, for those who change them
  bool no_fetch = false;
};

/// Exit code: as run_hub() (app/hub.h).
int serve_command(const ServeOptions& options);

}  // namespace voice::app
