// base/log.h - one line for whoever runs the hub. Rooms are handed a Log; where lines go is app's business.
#pragma once
#include <fmt/format.h>
#include <string>
#include <string_view>
#include <utility>

namespace voice {

class Log {
 public:
  enum class Level { debug, info, warning, error };
  virtual ~Log() = default;
  /// One line of UTF-8 without a line break at its end. Called from several threads.
  virtual void write(Level level, std::string_view line) = 0;

  template <class... Args>
  void info(fmt::format_string<Args...> format, Args&&... args) {
    write(Level::info, fmt::format(format, std::forward<Args>(args)...));
  }
  template <class... Args>
  void warning(fmt::format_string<Args...> format, Args&&... args) {
    write(Level::warning, fmt::format(format, std::forward<Args>(args)...));
  }
  template <class... Args>
  void error(fmt::format_string<Args...> format, Args&&... args) {
    write(Level::error, fmt::format(format, std::forward<Args>(args)...));
  }
};

/// Drops everything; for tests and for commands whose output is data.
class NoLog final : public Log {
 public:
  void write(Level, std::string_view) override {}
};

}  // namespace voice
