// app/crew.h - every thread of the process, started and stopped in one place.
#pragma once
#include <atomic>
#include <functional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "base/log.h"

namespace voice::app {

/// Threads that run until they are asked to stop. From its making on, SIGINT, SIGTERM and SIGHUP wait for until_asked_to_stop().
class Crew {
 public:
  explicit Crew(Log& log);
  /// Stops and joins in the reverse order of add().
  ~Crew();
  Crew(const Crew&) = delete;

  enum class Turn { with_readers, after_readers };  ///< see app/priority.h
  /// Starts a thread. What it throws is logged and ends the process's work, as if it had been asked to stop.
  void add(const std::string& name, std::function<void(std::stop_token)> work, Turn turn = Turn::with_readers);
  /// Waits for SIGINT, SIGTERM or a thread that failed, then stops and joins all. True when nothing failed.
  bool until_asked_to_stop();

 private:
  void stop();
  Log& log_;
  std::atomic<bool> failed_{false};
  std::vector<std::jthread> threads_;
};

}  // namespace voice::app
