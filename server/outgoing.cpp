#include "server/outgoing.h"

#include <algorithm>
#include <cerrno>
#include <sys/socket.h>
#include <sys/uio.h>

namespace voice::server {

std::size_t Outgoing::offer(std::string_view first, std::string_view second) {
  std::size_t taken = 0;
  while (!broken_ && !(first.empty() && second.empty())) {
    iovec parts[2] = {{const_cast<char*>(first.data()), first.size()},
                      {const_cast<char*>(second.data()), second.size()}};
    msghdr message{};
    message.msg_iov = first.empty() ? parts + 1 : parts;
    message.msg_iovlen = first.empty() || second.empty() ? 1 : 2;
    const ssize_t sent = ::sendmsg(socket_, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) break;
    if (sent < 0) {
      broken_ = true;
      break;
    }
    const auto bytes = static_cast<std::size_t>(sent);
    taken += bytes;
    const auto of_first = std::min(bytes, first.size());
    first.remove_prefix(of_first);
    second.remove_prefix(bytes - of_first);
  }
  sent_ += taken;
  return taken;
}

void Outgoing::send(std::string_view head, std::string_view body, std::shared_ptr<const void> owner) {
  if (!empty()) {  // an answer to a request that came with the one before: behind what still waits
    kept_.append(shared_).append(head).append(body);
    shared_ = {};
    owner_ = nullptr;
    return;
  }
  const std::size_t taken = offer(head, body);
  const auto of_head = std::min(taken, head.size());
  kept_.assign(head.substr(of_head));
  kept_at_ = 0;
  const auto rest = body.substr(taken - of_head);
  if (owner && !rest.empty()) {
    shared_ = rest;
    owner_ = std::move(owner);
  } else {
    kept_.append(rest);
  }
}

void Outgoing::flush() {
  const auto waiting = std::string_view(kept_).substr(kept_at_);
  const std::size_t taken = offer(waiting, shared_);
  const auto of_kept = std::min(taken, waiting.size());
  kept_at_ += of_kept;
  shared_.remove_prefix(taken - of_kept);
  if (!empty()) return;
  std::string().swap(kept_);
  kept_at_ = 0;
  owner_ = nullptr;
}

}  // namespace voice::server
