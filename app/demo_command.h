// app/demo_command.h - `voice demo`: the whole hub without a network, with sample blogs served from inside the process.
#pragma once
#include <string>

namespace voice::app {

struct DemoOptions {
  std::string listen = "127.0.0.1:8080";
  std::string database;  ///< kept when named; otherwise a new one in a temporary folder, removed at the end
  std::string views;
  bool no_browser = false;
};

/// Exit code: as run_hub() (app/hub.h); 1 too where the database is of a hub that is no demo.
int demo_command(const DemoOptions& options);

}  // namespace voice::app
