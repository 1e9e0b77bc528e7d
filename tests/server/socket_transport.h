// tests/server/socket_transport.h - a Browser's requests as bytes on a real connection.
#pragma once
#include <arpa/inet.h>
#include <cstdlib>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>

#include "base/text.h"
#include "base/url.h"
#include "server/request.h"
#include "server/response.h"

namespace voice::server {

class Connection {
 public:
  explicit Connection(int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    timeval patience{.tv_sec = 40, .tv_usec = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    REQUIRE(::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  }
  ~Connection() { ::close(socket_); }
  Connection(const Connection&) = delete;
  /// False when the other side has closed meanwhile; what it said can still be heard.
  bool say(std::string_view bytes) const {
    while (!bytes.empty()) {
      const auto n = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (n <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
  }
  std::string hear_all() const {
    std::string all;
    char buffer[16384];
    for (ssize_t n; (n = ::recv(socket_, buffer, sizeof buffer, 0)) > 0;)
      all.append(buffer, static_cast<std::size_t>(n));
    return all;
  }

 private:
  int socket_;
};

inline Response parsed(const std::string& bytes) {
  Response response;
  const auto head_end = bytes.find("\r\n\r\n");
  REQUIRE_MESSAGE(head_end != std::string::npos, "no answer");
  response.status = std::atoi(bytes.c_str() + bytes.find(' ') + 1);
  const std::string_view head = std::string_view(bytes).substr(0, head_end);
  for (const auto line : split(head, '\n')) {
    const auto colon = line.find(':');
    if (colon != std::string_view::npos)
      response.add(trim(line.substr(0, colon)), std::string(trim(line.substr(colon + 1))));
  }
  response.body = bytes.substr(head_end + 4);
  return response;
}

inline std::string body_of(const Request& request, std::string& type) {
  if (!request.headers.has("X-Test-Multipart")) {
    type = "application/x-www-form-urlencoded";
    std::string body;
    for (const auto& [name, value] : request.form)
      body += (body.empty() ? "" : "&") + percent_encode(name) + "=" + percent_encode(value);
    return body;
  }
  type = "multipart/form-data; boundary=edge";
  std::string body;
  for (const auto& [name, value] : request.form)
    body += "--edge\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
  return body + "--edge--\r\n";
}

/// One request on a connection of its own, its body as a form of the kind the page asks for; headers given win.
inline Response over_socket(int port, const Request& request) {
  std::string type;
  const bool has_body = request.method != "GET";
  const auto body = has_body ? body_of(request, type) : std::string();
  std::string head = request.method + " " + request.path + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) +
                     "\r\nConnection: close\r\n";
  for (const auto& [name, value] : request.headers)
    if (name != "X-Test-Multipart") head += name + ": " + value + "\r\n";
  if (has_body && request.header("Content-Type").empty()) head += "Content-Type: " + type + "\r\n";
  if (has_body) head += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  const Connection connection(port);
  connection.say(head + "\r\n" + body);
  return parsed(connection.hear_all());
}

}  // namespace voice::server
