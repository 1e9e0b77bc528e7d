#include "app/loopback_origin.h"

#include <arpa/inet.h>
#include <cstring>
#include <fmt/format.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/text.h"

namespace voice::app {
namespace {

constexpr std::size_t kLongestRequest = 64 * 1024;

OriginRequest parse_request(std::string_view head) {
  OriginRequest request;
  const auto lines = split(head, '\n');
  const auto words = split(lines.empty() ? std::string_view() : lines[0], ' ');
  if (words.size() > 1) request.path = words[1];
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto colon = lines[i].find(':');
    if (colon != std::string_view::npos)
      request.headers[to_ascii_lower(lines[i].substr(0, colon))] = trim(lines[i].substr(colon + 1));
  }
  return request;
}

std::string response_text(const OriginRequest& request, OriginAnswer answer) {
  if (answer.status == 200) {
    const auto tag = "\"" + to_hex(fingerprint(answer.body)) + "\"";
    answer.headers.push_back("ETag: " + tag);
    const auto seen = request.headers.find("if-none-match");
    if (seen != request.headers.end() && seen->second == tag) {
      answer.status = 304;
      answer.body.clear();
    }
  }
  std::string text =
      fmt::format("HTTP/1.1 {} Sample\r\nContent-Type: {}\r\nContent-Length: {}\r\nConnection: close\r\n",
                  answer.status, answer.content_type, answer.body.size());
  for (const auto& line : answer.headers) text += line + "\r\n";
  return text + "\r\n" + answer.body;
}

void send_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;  // the other side went away, which is its business
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

}  // namespace

LoopbackOrigin::LoopbackOrigin(int port) : port_(port) {}

LoopbackOrigin::~LoopbackOrigin() {
  for (const auto& site : sites_) ::close(site.socket);
  for (const auto& connection : connections_) ::close(connection.socket);
}

int LoopbackOrigin::listen_on(const std::string& address, int port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int yes = 1;
  ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in where{};
  where.sin_family = AF_INET;
  where.sin_port = htons(static_cast<std::uint16_t>(port));
  ::inet_pton(AF_INET, address.c_str(), &where.sin_addr);
  if (::bind(socket, reinterpret_cast<sockaddr*>(&where), sizeof where) != 0 || ::listen(socket, 64) != 0) {
    const std::string why = std::strerror(errno);
    ::close(socket);
    throw std::runtime_error(fmt::format("the sample blogs cannot be served on {}:{}: {}", address, port, why));
  }
  socklen_t length = sizeof where;
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&where), &length);
  port_ = ntohs(where.sin_port);
  return socket;
}

std::string LoopbackOrigin::add(Answer answer) {
  const auto n = sites_.size();
  const auto address = fmt::format("127.0.{}.{}", 1 + n / 250, 1 + n % 250);
  sites_.push_back({.socket = listen_on(address, port_), .answer = std::move(answer)});
  return fmt::format("http://{}:{}", address, port_);
}

void LoopbackOrigin::serve(Connection& connection) {
  const auto request = parse_request(connection.request);
  auto answer = sites_[connection.site].answer(request);
  if (!answer) {  // silence: the connection stays open and nobody speaks
    connection.request.clear();
    return;
  }
  send_all(connection.socket, response_text(request, std::move(*answer)));
  ::shutdown(connection.socket, SHUT_RDWR);
  ::close(connection.socket);
  connection.socket = -1;
}

void LoopbackOrigin::run(std::stop_token stop) {
  while (!stop.stop_requested()) {
    std::vector<pollfd> waiting;
    for (const auto& site : sites_) waiting.push_back({site.socket, POLLIN, 0});
    for (const auto& connection : connections_) waiting.push_back({connection.socket, POLLIN, 0});
    if (::poll(waiting.data(), waiting.size(), 100) <= 0) continue;
    const auto known = connections_.size();
    for (std::size_t i = 0; i < sites_.size(); ++i) {
      if ((waiting[i].revents & POLLIN) == 0) continue;
      const int socket = ::accept4(sites_[i].socket, nullptr, nullptr, SOCK_CLOEXEC);
      if (socket >= 0) connections_.push_back({.socket = socket, .site = i, .request = {}});
    }
    for (std::size_t i = 0; i < known; ++i) {
      auto& connection = connections_[i];
      if (waiting[sites_.size() + i].revents == 0) continue;
      char buffer[4096];
      const auto got = ::recv(connection.socket, buffer, sizeof buffer, 0);
      if (got <= 0 || connection.request.size() > kLongestRequest) {
        ::close(connection.socket);
        connection.socket = -1;
        continue;
      }
      connection.request.append(buffer, static_cast<std::size_t>(got));
      if (connection.request.find("\r\n\r\n") != std::string::npos) serve(connection);
    }
    std::erase_if(connections_, [](const Connection& c) { return c.socket < 0; });
  }
}

}  // namespace voice::app
