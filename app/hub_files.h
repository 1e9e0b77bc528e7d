// app/hub_files.h - what the commands that work on a hub's own files share: settings, log and database.
#pragma once
#include <string>

#include "base/files.h"
#include "base/log.h"
#include "base/result.h"
#include "config/settings.h"

namespace voice::app {

/// The options every such command has.
struct HubOptions {
  std::string config;    ///< --config; empty: voice.toml if it is there
  std::string database;  ///< --database; wins over the settings
};

/// Settings with the options applied.
Result<config::Settings> settings_for(const HubOptions& options);

/// Lines on standard error with the time in UTC; the one log of a process.
class StandardLog final : public Log {
 public:
  StandardLog();
  ~StandardLog() override;
  void write(Level level, std::string_view line) override;
};

/// Gives `file` the rights of `like`, and its owner where this user may: what root makes beside a hub's database must be open
/// to the hub's user.
void give_rights_of(const std::string& like, const std::string& file);

/// Prints "voice: why" on standard error and returns `exit_code`.
int fail_with(const Error& error, int exit_code);

}  // namespace voice::app
