// app/hub.h - a whole hub in one process: database, poller, letters, server. `voice serve` and `voice demo` both run this.
#pragma once
#include <functional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "app/hub_files.h"
#include "base/log.h"
#include "config/settings.h"
#include "store/db.h"

namespace voice::app {

struct HubPlan {
  config::Settings settings;
  bool fetch = true;         ///< false: another process polls
  std::string views_folder;  ///< templates read from here and again when they change; empty: those in the binary
  /// What to do with the database before anything starts. May be empty.
  std::function<void(store::Database&)> prepare;
  /// Further threads, by name. May be empty.
  std::vector<std::pair<std::string, std::function<void(std::stop_token)>>> besides;
  /// Called once the hub answers, with its address ("http://127.0.0.1:8080"). May be empty.
  std::function<void(const std::string& address)> ready;
};

/// Runs until SIGINT, SIGTERM or SIGHUP. Exit code: 0 stopped as asked; 1 the settings are refused (address in use, bad
/// template, no place for letters) or another hub polls for this database; 3 something failed. Throws
/// store::DatabaseError where the database cannot be opened.
int run_hub(const HubPlan& plan, Log& log);

/// When the database has no feeds yet, the members that the settings name join. Says so, or why not, in the log.
void import_first_members(store::Database& database, const config::Settings& settings, Log& log);

}  // namespace voice::app
