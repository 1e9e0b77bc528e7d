// app/polling_lock.h - one scheduler for a database.
//
// Two hubs on one database would each ask every blog at its time: twice the requests that we promise bloggers. The kernel
// gives the lock back when its holder dies, however it dies.
#pragma once
#include <string>

#include "base/result.h"

namespace voice::app {

/// Held for as long as this lives. The lock is of the file DATABASE.polling, which stays and is empty.
class PollingLock {
 public:
  /// Errors: conflict (another process holds it), io.
  static Result<PollingLock> take(const std::string& database);
  PollingLock(PollingLock&& other) noexcept;
  PollingLock& operator=(PollingLock&&) = delete;
  ~PollingLock();

 private:
  explicit PollingLock(int file) : file_(file) {}
  int file_;
};

}  // namespace voice::app
