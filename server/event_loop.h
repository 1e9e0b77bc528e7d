// server/event_loop.h - many connections on one thread, and a few threads for the requests that need work.
//
// A connection waits here until a whole request has arrived, and an answer that its reader takes slowly waits here too, so
// a thread is lent for the making of an answer and for nothing else: thousands of idle or dawdling connections cost memory
// only. Every wait has an end, every buffer a limit, every address a share.
#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <vector>

#include "base/log.h"
#include "base/result.h"
#include "server/framing.h"
#include "server/outgoing.h"

namespace voice::server {

struct LoopLimits {
  int threads = 8;
  int connections_per_address = 64;
  int connections = 10000;                  ///< lowered to what the system allows this process
  std::size_t longest_queue = 1024;         ///< requests waiting for a thread before we say 503
  std::chrono::milliseconds idle{60'000};   ///< between requests
  std::chrono::milliseconds head{10'000};   ///< from a request's first byte to its empty line
  std::chrono::milliseconds body{30'000};   ///< and a second more for each 16 KiB
  std::chrono::milliseconds write{30'000};  ///< without the reader taking a byte
  std::chrono::milliseconds drain{4'000};   ///< for requests under way when we are told to stop
};

/// One request on its way to an answer.
struct Exchange {
  std::string_view bytes;  ///< the whole request, head and body
  std::size_t head_bytes = 0;
  const Head* head = nullptr;  ///< nullptr for requests that were refused while being read
  std::string_view address;    ///< of the other end of the socket
  bool keep_alive = true;      ///< may be set to false by who answers
  Outgoing* out = nullptr;     ///< where the answer goes
};

struct LoopHandlers {
  /// How long a body this request may have, in bytes. Called on the loop's thread; must not wait.
  std::function<std::size_t(const Head&)> body_limit;
  /// Answers at once what needs no work, on the loop's thread, without waiting; false: needs a thread.
  std::function<bool(Exchange&)> answer_now;
  /// Answers on a lent thread. Must not throw.
  std::function<void(Exchange&)> answer;
  /// Answers a request that will not be read further (400, 413, 431, 503 ...), on the loop's thread.
  std::function<void(int status, Exchange&)> refuse;
  /// True for peers whose connections are not counted: a proxy brings everybody's.
  std::function<bool(std::string_view address)> is_proxy;
};

class EventLoop {
 public:
  EventLoop(LoopLimits limits, LoopHandlers handlers, Log& log);
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;

  Result<Done> listen(const std::string& host, const std::string& port);
  int port() const;
  void run(std::stop_token stop);
  void stop();

  struct Figures {
    std::int64_t connections = 0;
    std::uint64_t accepted = 0;
    std::uint64_t refused = 0;  ///< closed at once: too many from that address, or in all
    std::uint64_t timed_out = 0;
    std::uint64_t lent = 0;  ///< requests that needed a thread
  };
  Figures figures() const;

 private:
  struct Connection;
  using Time = std::chrono::steady_clock::time_point;

  void work(std::stop_token stop);
  void turn(int wait_ms);
  void accept_from(int listener);
  void admit(int fd, std::string address);
  bool make_room_for_one();
  void on_event(Connection& connection, std::uint32_t events);
  void take_back_answered();
  void pump(Connection& connection);
  enum class Step { again, wait, gone };
  Step flush(Connection& connection);
  Step receive(Connection& connection);
  Step start_request(Connection& connection);
  Step await_body(Connection& connection, const Framing& framing);
  Step read_chunks(Connection& connection);
  Step serve(Connection& connection, const Framing& framing);
  Step refuse(Connection& connection, int status);
  void lend(Connection& connection);
  void finish_request(Connection& connection);
  void wait_for_request(Connection& connection);
  void wait_in(Connection& connection, int phase, std::chrono::milliseconds longest);
  void close(Connection& connection);
  void sweep();
  void start_draining();
  void wake();

  const LoopLimits limits_;
  const LoopHandlers handlers_;
  Log& log_;
  int epoll_ = -1;
  int wakeup_ = -1;
  std::vector<int> listeners_;
  std::vector<char> scratch_;
  Time now_{};
  Time swept_{};
  bool draining_ = false;
  bool accepting_paused_ = false;
  std::atomic<bool> stopping_{false};
  std::unordered_map<int, std::unique_ptr<Connection>> connections_;
  std::unordered_map<std::string, int> per_address_;
  std::vector<std::unique_ptr<Connection>> graveyard_;  ///< events of this turn may still name them

  std::mutex queue_mutex_;
  std::condition_variable_any queue_filled_;
  std::deque<Connection*> queue_;
  std::vector<Connection*> answered_;

  std::atomic<std::int64_t> open_{0};
  std::atomic<std::uint64_t> accepted_{0}, refused_{0}, timed_out_{0}, lent_{0};
};

}  // namespace voice::server
