// base/guarded.h - state shared between threads, reachable only through its lock.
#pragma once
#include <mutex>
#include <utility>

namespace voice {

template <class T>
class Guarded {
 public:
  Guarded() = default;
  explicit Guarded(T value) : value_(std::move(value)) {}

  /// Runs `action(T&)` while no other thread can; returns what it returns. Don't let references out.
  template <class Action>
  auto with(Action&& action) {
    const std::lock_guard lock(mutex_);
    return std::forward<Action>(action)(value_);
  }

 private:
  std::mutex mutex_;
  T value_;
};

}  // namespace voice
