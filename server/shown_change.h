// server/shown_change.h - which change of the store the kept pages are of.
//
// A poll commits ten times a second, and each commit makes every kept page old: a reader who comes then waits for a page to
// be made, beside a poll that has both processors. So pages may lag behind what was polled by a moment. What somebody did
// here with a form is seen by the next reader.
#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>

namespace voice::server {

class ShownChange {
 public:
  /// Pages change at most once in `rest`; 0: with every commit.
  explicit ShownChange(std::chrono::milliseconds rest) : rest_(rest.count()) {}

  /// What pages are to be of, now that the store is at `number`. From any thread.
  std::int64_t of(std::int64_t number) {
    const auto shown = shown_.load(std::memory_order_acquire);
    if (shown == number) return number;
    const auto now =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
            .count();
    if (now < rested_at_.load(std::memory_order_acquire)) return shown;
    rested_at_.store(now + rest_, std::memory_order_release);
    shown_.store(number, std::memory_order_release);
    return number;
  }
  /// A form has changed something: the next page is of the store as it is.
  void catch_up() { rested_at_.store(0, std::memory_order_release); }

 private:
  const std::int64_t rest_;  // milliseconds
  std::atomic<std::int64_t> shown_{0}, rested_at_{0};
};

}  // namespace voice::server
