// fetcher/work_queue.h - hands values from one thread to another, in order.
#pragma once
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <vector>

namespace voice::fetcher {

template <class T>
class WorkQueue {
 public:
  void push(T value) {
    {
      const std::lock_guard lock(mutex_);
      values_.push_back(std::move(value));
    }
    ready_.notify_one();
  }

  /// No more will come: those who wait get what is left, then nothing.
  void close() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
    }
    ready_.notify_all();
  }

  /// Waits for a value; nothing when the queue is closed and empty.
  std::optional<T> pop() {
    std::unique_lock lock(mutex_);
    ready_.wait(lock, [&] { return closed_ || !values_.empty(); });
    return take();
  }

  /// As pop(), but gives up at `until`, or as soon as hopeless(): asked when a value comes and at wake().
  template <class Hopeless>
  std::optional<T> pop_until(std::chrono::steady_clock::time_point until, Hopeless hopeless) {
    std::unique_lock lock(mutex_);
    ready_.wait_until(lock, until, [&] { return closed_ || !values_.empty() || hopeless(); });
    return take();
  }

  void wake() {
    { const std::lock_guard lock(mutex_); }  // whoever has just asked and not yet slept
    ready_.notify_all();
  }

  std::size_t size() const {
    const std::lock_guard lock(mutex_);
    return values_.size();
  }

 private:
  std::optional<T> take() {
    if (values_.empty()) return std::nullopt;
    std::optional<T> value(std::move(values_.front()));
    values_.pop_front();
    return value;
  }

  mutable std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<T> values_;
  bool closed_ = false;
};

}  // namespace voice::fetcher
