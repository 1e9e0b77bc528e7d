#include "app/polling_lock.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#include <utility>

#include "app/hub_files.h"

namespace voice::app {

Result<PollingLock> PollingLock::take(const std::string& database) {
  const auto path = database + ".polling";
  PollingLock lock(::open(path.c_str(), O_RDONLY | O_CREAT | O_CLOEXEC, 0600));
  if (lock.file_ < 0) return lock;
  give_rights_of(database, path);
  if (::flock(lock.file_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
    return Error{ErrorCode::conflict,
                 "another hub polls for " + database + " already; stop it, or start this one with --no-fetch"};
  return lock;
}

PollingLock::PollingLock(PollingLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
PollingLock::~PollingLock() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace voice::app
