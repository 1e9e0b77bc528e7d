// app/polling_lock.h - one scheduler for a database.
//
// Two hubs on one database would each ask every blog at its time: twice the requests that we promise bloggers. The kernel
// gives the lock back when its holder dies, however it dies.
#pragma once
#include <string>

#include "base/result.h"

namespace voice::app {

/// Held for as long as this lives. The lock is of the file DATABASE.polling, which stays, is empty, and has the owner and the
/// rights of the database, so that whoever may poll for it may hold it.
class PollingLock {
 public:
  /// For a database that is there. Where such a file cannot be had, or its file system knows no locks, nothing is locked:
  /// that is no reason not to poll. Errors: conflict (another process holds it).
  static Result<PollingLock> take(const std::string& database);
  PollingLock(PollingLock&& other) noexcept;
  PollingLock& operator=(PollingLock&&) = delete;
  ~PollingLock();

 private:
  explicit PollingLock(int file) : file_(file) {}
  int file_;  // -1: none
};

}  // namespace voice::app
