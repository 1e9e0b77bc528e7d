// server/http_server.h - sockets in front of the Dispatcher.
//
// cpp-httplib reads and writes HTTP; what it leaves open on a busy public port is closed here. It lends a thread to every
// connection, idle or not, so nine slow visitors stop a hub of eight threads. Here a connection waits in epoll until a
// whole request has arrived, and a thread is lent for as long as it takes to answer that one request.
#pragma once
#include <memory>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "server/dispatcher.h"
#include "server/event_loop.h"

namespace voice::server {

/// The limits that the settings ask for, the rest as they come.
LoopLimits limits_of(const config::ServerSettings& settings);

class HttpServer {
 public:
  /// Both outlive this.
  HttpServer(Dispatcher& dispatcher, const Site& site);
  HttpServer(Dispatcher& dispatcher, const Site& site, LoopLimits limits);
  ~HttpServer();

  /// Binds and listens on "127.0.0.1:8080", "[::1]:8080" or "hostname:0"; port 0 takes a free one. Answers nothing yet.
  /// Errors: malformed (no host:port), io (address in use, not ours).
  Result<Done> listen(const std::string& address);
  /// The port that listen() bound.
  int port() const;
  /// Serves until `stop` is asked for or stop() is called. Then takes no new connection, finishes the requests under way
  /// (five seconds at most) and returns.
  void run(std::stop_token stop);
  void stop();
  EventLoop::Figures figures() const;
  /// Connections, for Metrics::add_source. Valid as long as this.
  MetricsSource metrics() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace voice::server
