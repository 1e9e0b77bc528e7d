#include "app/polling_lock.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#include <utility>

namespace voice::app {

Result<PollingLock> PollingLock::take(const std::string& database) {
  const auto path = database + ".polling";
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return Error{ErrorCode::io, path + " cannot be made: " + std::strerror(errno)};
  PollingLock lock(file);
  // A file system without such locks is no reason not to poll.
  if (::flock(file, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
    return Error{ErrorCode::conflict,
                 "another hub polls for " + database + " already; stop it, or start this one with --no-fetch"};
  return lock;
}

PollingLock::PollingLock(PollingLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
PollingLock::~PollingLock() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace voice::app
