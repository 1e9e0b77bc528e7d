// app/loopback_origin.h - sample blogs served from inside this process, each on a loopback address of its own.
//
// For the demo and for end-to-end tests: real sockets, no network. One thread, one answer a connection, nothing kept alive:
// enough for a few dozen blogs and no more. It is never reachable from outside, as it listens on 127.0.0.0/8 only.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace voice::app {

struct OriginRequest {
  std::string path;                            ///< with its query
  std::map<std::string, std::string> headers;  ///< names in lower case
};

struct OriginAnswer {
  int status = 200;
  std::string content_type;
  std::string body;
  std::vector<std::string> headers;  ///< whole lines, without line breaks
};

class LoopbackOrigin {
 public:
  /// Nothing means: take the connection and never answer.
  using Answer = std::function<std::optional<OriginAnswer>(const OriginRequest&)>;

  /// All blogs share one port; 0 takes any that is free. Throws std::runtime_error when it cannot listen.
  explicit LoopbackOrigin(int port = 0);
  ~LoopbackOrigin();
  LoopbackOrigin(const LoopbackOrigin&) = delete;

  /// Starts listening for one more blog and returns its address, "http://127.0.1.1:PORT". Before run() only.
  std::string add(Answer answer);
  int port() const { return port_; }
  /// Serves until asked to stop. 200 answers carry an ETag, and a matching If-None-Match is answered 304.
  void run(std::stop_token stop);

 private:
  struct Site {
    int socket = -1;
    Answer answer;
  };
  struct Connection {
    int socket = -1;
    std::size_t site = 0;
    std::string request;
  };
  int listen_on(const std::string& address, int port);
  void serve(Connection& connection);

  int port_ = 0;
  std::vector<Site> sites_;
  std::vector<Connection> connections_;
};

}  // namespace voice::app
