#include "app/hub_files.h"

#include <iostream>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

namespace voice::app {
namespace {
spdlog::level::level_enum level_of(Log::Level level) {
  switch (level) {
    case Log::Level::debug: return spdlog::level::debug;
    case Log::Level::info: return spdlog::level::info;
    case Log::Level::warning: return spdlog::level::warn;
    case Log::Level::error: return spdlog::level::err;
  }
  return spdlog::level::info;
}
}  // namespace

Result<config::Settings> settings_for(const HubOptions& options) {
  auto settings = config::read_settings(options.config, config::process_environment);
  if (settings && !options.database.empty()) settings->store.database = options.database;
  return settings;
}

StandardLog::StandardLog() {
  spdlog::drop("voice");
  auto logger = spdlog::stderr_logger_mt("voice");
  logger->set_pattern("%Y-%m-%dT%H:%M:%SZ %l %v", spdlog::pattern_time_type::utc);
}

StandardLog::~StandardLog() { spdlog::drop("voice"); }

void StandardLog::write(Level level, std::string_view line) {
  if (const auto logger = spdlog::get("voice")) logger->log(level_of(level), "{}", line);
}

void give_rights_of(const std::string& like, const std::string& file) {
  struct stat its {};
  if (::stat(like.c_str(), &its) != 0) return;
  ::chmod(file.c_str(), (its.st_mode & 0660) | 0600);
  if (::chown(file.c_str(), its.st_uid, its.st_gid) != 0) return;  // only root may; for all others it is theirs already
}

int fail_with(const Error& error, int exit_code) {
  std::cerr << "voice: " << error.what << "\n";
  return exit_code;
}

}  // namespace voice::app
