// tests/fetcher/smtp_catcher.h - a mail server on loopback that keeps what it is given, or fails as it is told.
#pragma once
#include <arpa/inet.h>
#include <map>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include "base/guarded.h"

namespace voice::fetcher {

struct CaughtLetter {
  std::string from;             ///< as in MAIL FROM
  std::vector<std::string> to;  ///< as in RCPT TO
  std::string bytes;            ///< dot-stuffing undone, CRLF kept
  std::string authentication;   ///< the argument of AUTH, empty without
};

class SmtpCatcher {
 public:
  /// `replies` replaces the answer to a verb: {"RCPT", "451 later"}. For "END" (the end of the data) an empty text means
  /// that the connection is closed without an answer.
  explicit SmtpCatcher(std::map<std::string, std::string> replies = {}) : replies_(std::move(replies)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listener_, 8) != 0 ||
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
      throw std::runtime_error("the mail catcher could not listen");
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread([this](const std::stop_token& stop) { serve(stop); });
  }
  ~SmtpCatcher() {
    thread_.request_stop();
    thread_.join();
    ::close(listener_);
  }
  SmtpCatcher(const SmtpCatcher&) = delete;

  std::string url() const { return "smtp://127.0.0.1:" + std::to_string(port_); }
  std::vector<CaughtLetter> letters() {
    return letters_.with([](const auto& letters) { return letters; });
  }

 private:
  void serve(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      pollfd waiting{.fd = listener_, .events = POLLIN, .revents = 0};
      if (::poll(&waiting, 1, 50) <= 0) continue;
      const int socket = ::accept(listener_, nullptr, nullptr);
      if (socket < 0) continue;
      timeval patience{.tv_sec = 5, .tv_usec = 0};
      ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
      talk(socket);
      ::close(socket);
    }
  }

  void say(int socket, const std::string& line) {
    const std::string bytes = line + "\r\n";
    [[maybe_unused]] const auto sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  }

  // One line without its CRLF; false when the other side has gone.
  bool hear(int socket, std::string& line) {
    for (;;) {
      const auto end = pending_.find("\r\n");
      if (end != std::string::npos) {
        line = pending_.substr(0, end);
        pending_.erase(0, end + 2);
        return true;
      }
      char buffer[4096];
      const auto n = ::recv(socket, buffer, sizeof buffer, 0);
      if (n <= 0) return false;
      pending_.append(buffer, static_cast<std::size_t>(n));
    }
  }

  bool take_data(int socket, CaughtLetter& letter) {
    std::string line;
    while (hear(socket, line)) {
      if (line == ".") return true;
      letter.bytes += (line.starts_with('.') ? line.substr(1) : line) + "\r\n";
    }
    return false;
  }

  std::string answer_to(const std::string& verb, const std::string& usual) {
    const auto found = replies_.find(verb);
    return found == replies_.end() ? usual : found->second;
  }

  void talk(int socket) {
    pending_.clear();
    CaughtLetter letter;
    say(socket, "220 catcher");
    for (std::string line; hear(socket, line);) {
      const auto verb = line.substr(0, 4);
      if (verb == "EHLO") {
        say(socket, "250-catcher\r\n250-AUTH PLAIN\r\n250 8BITMIME");
      } else if (verb == "AUTH") {
        letter.authentication = line.substr(5);
        say(socket, answer_to("AUTH", letter.authentication == "PLAIN" ? "334 " : "235 welcome"));
        if (letter.authentication == "PLAIN" && hear(socket, line)) {
          letter.authentication = "PLAIN " + line;
          say(socket, answer_to("PASS", "235 welcome"));
        }
      } else if (verb == "MAIL") {
        letter.from = line.substr(10);
        say(socket, answer_to("MAIL", "250 ok"));
      } else if (verb == "RCPT") {
        letter.to.push_back(line.substr(8));
        say(socket, answer_to("RCPT", "250 ok"));
      } else if (verb == "DATA") {
        say(socket, "354 go on");
        if (!take_data(socket, letter)) return;
        const auto reply = answer_to("END", "250 kept");
        if (reply.empty()) return;
        if (reply.starts_with("250")) letters_.with([&](auto& letters) { letters.push_back(letter); });
        say(socket, reply);
        letter = {};
      } else if (verb == "QUIT") {
        say(socket, "221 bye");
        return;
      } else {
        say(socket, "250 ok");
      }
    }
  }

  std::map<std::string, std::string> replies_;
  Guarded<std::vector<CaughtLetter>> letters_;
  std::string pending_;
  int listener_ = -1;
  int port_ = 0;
  std::jthread thread_;
};

}  // namespace voice::fetcher
