// tests/fetcher/tiny_origin.h - a web server of a few lines on a loopback port, whose answers a test writes out as raw bytes.
#pragma once
#include <arpa/inet.h>
#include <atomic>
#include <functional>
#include <mutex>
#include <netinet/in.h>
#include <poll.h>
#include <shared_mutex>
#include <stdexcept>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace voice::testing {

struct Seen {
  std::string head;  ///< request line and header lines
  std::string body;
  std::string target() const {
    const auto from = head.find(' ') + 1;
    return head.substr(from, head.find(' ', from) - from);
  }
  bool has(const std::string& text) const { return head.find(text) != std::string::npos; }
};

/// What to send: the bytes as they are, then, unless `hold` is set, the connection is closed.
struct Reply {
  std::string bytes;
  int hold_ms = 0;  ///< wait before sending
};

inline Reply ok(const std::string& body, const std::string& headers = "") {
  return {"HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + headers + "\r\n" + body, 0};
}
inline Reply status(int code, const std::string& headers = "") {
  return {"HTTP/1.1 " + std::to_string(code) + " X\r\nContent-Length: 0\r\n" + headers + "\r\n", 0};
}

class TinyOrigin {
 public:
  using Handler = std::function<Reply(const Seen&)>;

  explicit TinyOrigin(Handler handler, const std::string& address = "127.0.0.1")
      : handler_(std::move(handler)), address_(address) {
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    inet_pton(AF_INET, address.c_str(), &at.sin_addr);
    if (bind(listener_, reinterpret_cast<sockaddr*>(&at), sizeof at) != 0 || listen(listener_, 64) != 0)
      throw std::runtime_error("no port for the test's origin");
    socklen_t size = sizeof at;
    getsockname(listener_, reinterpret_cast<sockaddr*>(&at), &size);
    port_ = ntohs(at.sin_port);
    thread_ = std::thread([this] { accept_all(); });
  }
  ~TinyOrigin() {
    stopping_ = true;
    thread_.join();
    for (auto& t : talks_) t.join();
    close(listener_);
  }
  TinyOrigin(const TinyOrigin&) = delete;
  TinyOrigin& operator=(const TinyOrigin&) = delete;

  int port() const { return port_; }
  std::string url(const std::string& target) const {
    return "http://" + address_ + ":" + std::to_string(port_) + target;
  }
  /// Changes what the handler answers by, while it answers nobody.
  template <class Change>
  void between_answers(Change&& change) {
    const std::unique_lock lock(answering_);
    change();
  }
  std::vector<Seen> seen() {
    const std::lock_guard lock(mutex_);
    return seen_;
  }

 private:
  void accept_all() {
    while (!stopping_) {
      pollfd ready{listener_, POLLIN, 0};
      if (poll(&ready, 1, 20) <= 0) continue;
      const int connection = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (connection >= 0) talks_.emplace_back([this, connection] { talk(connection); });
    }
  }

  Reply answer(const Seen& seen) {
    const std::shared_lock lock(answering_);
    return handler_(seen);
  }

  bool wait_readable(int connection) const {
    while (!stopping_) {
      pollfd ready{connection, POLLIN, 0};
      if (poll(&ready, 1, 20) > 0) return true;
    }
    return false;
  }

  void talk(int connection) {
    std::string buffer;
    while (wait_readable(connection)) {
      char bytes[4096];
      const auto got = read(connection, bytes, sizeof bytes);
      if (got <= 0) break;
      buffer.append(bytes, static_cast<std::size_t>(got));
      const auto end = buffer.find("\r\n\r\n");
      if (end == std::string::npos) continue;
      Seen seen{buffer.substr(0, end), {}};
      std::size_t length = 0;
      if (const auto at = seen.head.find("Content-Length: "); at != std::string::npos)
        length = std::stoul(seen.head.substr(at + 16));
      if (buffer.size() < end + 4 + length) continue;
      seen.body = buffer.substr(end + 4, length);
      buffer.erase(0, end + 4 + length);
      {
        const std::lock_guard lock(mutex_);
        seen_.push_back(seen);
      }
      const Reply reply = answer(seen);
      for (int waited = 0; waited < reply.hold_ms && !stopping_; waited += 20)
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
      std::size_t sent = 0;
      while (sent < reply.bytes.size()) {
        const auto n = send(connection, reply.bytes.data() + sent, reply.bytes.size() - sent, MSG_NOSIGNAL);
        if (n <= 0) break;
        sent += static_cast<std::size_t>(n);
      }
      if (reply.bytes.find("Content-Length:") == std::string::npos || seen.has("Connection: close")) break;
      if (reply.bytes.find("Connection: close") != std::string::npos) break;
    }
    close(connection);
  }

  Handler handler_;
  std::string address_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> stopping_{false};
  std::shared_mutex answering_;
  std::mutex mutex_;
  std::vector<Seen> seen_;
  std::vector<std::thread> talks_;
  std::thread thread_;
};

}  // namespace voice::testing
