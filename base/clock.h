// base/clock.h - what time it is, as something that can be handed in.
//
// Whatever depends on time is given a Clock, so tests set it and never sleep. Times are UTC seconds everywhere but on
// pages, which show Europe/London (base/time.h).
#pragma once
#include <atomic>
#include <chrono>

namespace voice {

using std::chrono::sys_seconds;

class Clock {
 public:
  virtual ~Clock() = default;
  virtual sys_seconds now() const = 0;
};

class SystemClock final : public Clock {
 public:
  sys_seconds now() const override {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  }
};

/// Stands still until it is moved; may be moved from another thread.
class SetClock final : public Clock {
 public:
  explicit SetClock(sys_seconds start) : now_(start.time_since_epoch().count()) {}
  sys_seconds now() const override { return sys_seconds{std::chrono::seconds{now_.load()}}; }
  void advance(std::chrono::seconds by) { now_ += by.count(); }

 private:
  std::atomic<std::chrono::seconds::rep> now_;
};

inline std::int64_t unix_seconds(sys_seconds t) { return t.time_since_epoch().count(); }
inline sys_seconds from_unix_seconds(std::int64_t s) { return sys_seconds{std::chrono::seconds{s}}; }

}  // namespace voice
