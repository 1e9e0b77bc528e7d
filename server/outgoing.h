// server/outgoing.h - bytes on their way out of a socket that may not take them all now.
//
// What the socket takes at once is sent from where it lies. The rest waits: shared bytes are held by their owner's count,
// not copied, so a crowd of slow readers of one feed costs one copy of it.
#pragma once
#include <memory>
#include <string>
#include <string_view>

namespace voice::server {

class Outgoing {
 public:
  explicit Outgoing(int socket) : socket_(socket) {}

  /// Sends `head`, then `body`. What the socket does not take now is kept: `head` as a copy, `body` by holding `owner`, or
  /// as a copy where there is none. Never waits.
  void send(std::string_view head, std::string_view body, std::shared_ptr<const void> owner = nullptr);
  /// Tries to send what was kept.
  void flush();
  bool empty() const { return kept_at_ == kept_.size() && shared_.empty(); }
  bool broken() const { return broken_; }     ///< the other side is gone
  std::size_t sent() const { return sent_; }  ///< bytes the socket took, for telling progress from none

 private:
  std::size_t offer(std::string_view first, std::string_view second);

  int socket_;
  std::string kept_;
  std::size_t kept_at_ = 0;
  std::string_view shared_;
  std::shared_ptr<const void> owner_;
  std::size_t sent_ = 0;
  bool broken_ = false;
};

}  // namespace voice::server
