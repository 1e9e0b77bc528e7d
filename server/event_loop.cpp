#include "server/event_loop.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <cstring>
#include <netdb.h>
#include <netinet/tcp.h>
#include <optional>
#include <stdexcept>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fetcher/address_guard.h"
#include "server/chunked.h"

namespace voice::server {
namespace {

using std::chrono::milliseconds;

enum Phase { idle, reading, lent, writing, lingering };

constexpr int kBacklog = 1024;
constexpr std::size_t kReadAtOnce = 64 * 1024;
constexpr milliseconds kLinger{2'000};
constexpr milliseconds kSweepEvery{500};

/// Raises the limit on open files as far as we may; returns it.
int most_files() {
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) != 0) return 1024;
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  getrlimit(RLIMIT_NOFILE, &files);
  return static_cast<int>(std::min<rlim_t>(files.rlim_cur, 1 << 20));
}

/// Files that are not connections: the database, its log, the poller's transfers.
constexpr int kOtherFiles = 300;

/// What a body of that size may take beside LoopLimits::body.
std::chrono::seconds more_time(std::size_t body_bytes) { return std::chrono::seconds(body_bytes / (16 * 1024)); }

Error failed(const std::string& doing) { return {ErrorCode::io, doing + ": " + std::strerror(errno)}; }

Result<int> open_listener(const addrinfo& address) {
  const int fd = ::socket(address.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return failed("opening a socket");
  const int on = 1, off = 0;
  ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  // Without this a kept connection waits 40 ms for each answer's last part. What is accepted here inherits it.
  ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  // "[::]" takes IPv4 as well, so that one address serves everybody.
  if (address.ai_family == AF_INET6) ::setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
  if (::bind(fd, address.ai_addr, address.ai_addrlen) == 0 && ::listen(fd, kBacklog) == 0) return fd;
  const Error error = failed("listening");
  ::close(fd);
  return error;
}

std::string address_text(const sockaddr_storage& from) {
  const auto address = fetcher::IpAddress::from(reinterpret_cast<const sockaddr*>(&from));
  return address ? address->text() : std::string();
}

/// Who counts as one visitor: an IPv4 address, or the /64 that an IPv6 visitor is given as a whole.
std::string share_of(const std::string& text) {
  const auto address = fetcher::IpAddress::parse(text);
  if (!address || address->is_v4()) return text;
  return std::string(reinterpret_cast<const char*>(address->bytes.data()), 8);
}

void register_with(int epoll, int fd, std::uint32_t events, void* data) {
  epoll_event event{};
  event.events = events;
  event.data.ptr = data;
  ::epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
}

/// Some clients end a form's body with a line break that is not of it (RFC 9112, 2.2). Whoever sends many is no such client.
void drop_line_breaks(std::string& in) {
  constexpr std::size_t kMost = 4;
  std::size_t end = 0;
  while (end < kMost && in.compare(end, 2, "\r\n") == 0) end += 2;
  in.erase(0, end);
}

}  // namespace

struct EventLoop::Connection {
  Connection(int socket, std::string from, bool counts)
      : fd(socket), address(std::move(from)), counted(counts), out(socket) {}

  const int fd;
  const std::string address;
  const bool counted;
  Outgoing out;
  std::string in;                     ///< received and not yet answered
  Framing framing;                    ///< of the request being answered; its views are into `in`
  bool framed = false;                ///< `framing` is of the request at the start of `in`
  std::optional<ChunkedBody> chunks;  ///< its body comes in chunks, not all of them are here
  bool readable = true;               ///< the socket may have more
  bool half_closed = false;           ///< the other side will send no more
  bool unread = false;                ///< we stopped reading before the end of what was sent
  bool ended = false;                 ///< the other side said goodbye, or the socket broke
  bool closed = false;                ///< waits in the graveyard for the end of this turn
  bool close_after = false;           ///< when what is on its way out is out
  int phase = Phase::idle;
  Time deadline{};
  std::size_t sent_before = 0;
  std::size_t whole() const { return framing.head_bytes + framing.body_bytes; }
};

EventLoop::EventLoop(LoopLimits limits, LoopHandlers handlers, Log& log)
    : limits_([&] {
        limits.connections = std::max(16, std::min(limits.connections, most_files() - kOtherFiles));
        return limits;
      }()),
      handlers_(std::move(handlers)),
      log_(log),
      epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      wakeup_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)),
      scratch_(kReadAtOnce) {
  if (epoll_ < 0 || wakeup_ < 0) throw std::runtime_error(failed("starting the event loop").what);
  register_with(epoll_, wakeup_, EPOLLIN, nullptr);
}

EventLoop::~EventLoop() {
  for (auto& [fd, connection] : connections_) ::close(fd);
  for (const int listener : listeners_) ::close(listener);
  ::close(wakeup_);
  ::close(epoll_);
}

Result<Done> EventLoop::listen(const std::string& host, const std::string& port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const int problem = ::getaddrinfo(host.c_str(), port.c_str(), &hints, &found);
  if (problem != 0) return Error{ErrorCode::malformed, host + ": " + ::gai_strerror(problem)};
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owned(found, &::freeaddrinfo);
  Error last{ErrorCode::io, "no address"};
  for (const addrinfo* each = found; each; each = each->ai_next) {
    auto listener = open_listener(*each);
    if (listener) {
      listeners_.push_back(*listener);
      if (port == "0") break;  // the second address of a name would get another port
    } else {
      last = listener.error();
    }
  }
  if (listeners_.empty()) return last.in(host + ":" + port);
  return Done{};
}

int EventLoop::port() const {
  if (listeners_.empty()) return 0;
  sockaddr_storage bound{};
  socklen_t size = sizeof bound;
  ::getsockname(listeners_.front(), reinterpret_cast<sockaddr*>(&bound), &size);
  return ntohs(bound.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6&>(bound).sin6_port
                                           : reinterpret_cast<sockaddr_in&>(bound).sin_port);
}

void EventLoop::wake() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(wakeup_, &one, sizeof one);
}

void EventLoop::stop() {
  stopping_ = true;
  wake();
}

void EventLoop::run(std::stop_token stop) {
  const std::stop_callback on_stop(stop, [this] { this->stop(); });
  std::vector<std::jthread> threads;
  for (int n = 0; n < limits_.threads; ++n) threads.emplace_back([this](std::stop_token told) { work(told); });
  for (int& listener : listeners_) register_with(epoll_, listener, EPOLLIN, &listener);

  while (!stopping_) turn(static_cast<int>(kSweepEvery.count()));
  start_draining();
  const auto end = std::chrono::steady_clock::now() + limits_.drain;
  while (!connections_.empty() && std::chrono::steady_clock::now() < end) turn(50);

  for (auto& thread : threads) thread.request_stop();
  queue_filled_.notify_all();
}

/// One of the lent threads: takes the next whole request and answers it.
void EventLoop::work(std::stop_token stop) {
  while (true) {
    Connection* connection = nullptr;
    {
      std::unique_lock lock(queue_mutex_);
      if (!queue_filled_.wait(lock, stop, [&] { return !queue_.empty(); })) return;
      connection = queue_.front();
      queue_.pop_front();
    }
    Exchange exchange{.bytes = std::string_view(connection->in).substr(0, connection->whole()),
                      .head_bytes = connection->framing.head_bytes,
                      .head = &connection->framing.head,
                      .address = connection->address,
                      .keep_alive = connection->framing.keep_alive,
                      .out = &connection->out};
    handlers_.answer(exchange);
    connection->framing.keep_alive = exchange.keep_alive;
    {
      const std::lock_guard lock(queue_mutex_);
      answered_.push_back(connection);
    }
    wake();
  }
}

void EventLoop::turn(int wait_ms) {
  std::array<epoll_event, 256> events;
  const int count = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), wait_ms);
  now_ = std::chrono::steady_clock::now();
  for (int n = 0; n < count; ++n) {
    void* what = events[static_cast<std::size_t>(n)].data.ptr;
    const auto is_listener = std::ranges::find_if(listeners_, [&](const int& each) { return &each == what; });
    if (!what) {
      std::uint64_t drained = 0;
      [[maybe_unused]] const auto got = ::read(wakeup_, &drained, sizeof drained);
    } else if (is_listener != listeners_.end()) {
      accept_from(*is_listener);
    } else {
      on_event(*static_cast<Connection*>(what), events[static_cast<std::size_t>(n)].events);
    }
  }
  take_back_answered();
  if (now_ - swept_ >= kSweepEvery) sweep();
  graveyard_.clear();
}

void EventLoop::accept_from(int listener) {
  for (int n = 0; n < kBacklog && !draining_; ++n) {
    sockaddr_storage from{};
    socklen_t size = sizeof from;
    const int fd = ::accept4(listener, reinterpret_cast<sockaddr*>(&from), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd >= 0) {
      admit(fd, address_text(from));
      continue;
    }
    if (errno == EINTR || errno == ECONNABORTED) continue;
    if (errno == EMFILE || errno == ENFILE) {
      if (make_room_for_one()) continue;
      // Nobody can be sent away: look again at the next sweep instead of turning in circles.
      for (const int each : listeners_) ::epoll_ctl(epoll_, EPOLL_CTL_DEL, each, nullptr);
      accepting_paused_ = true;
    }
    return;
  }
}

void EventLoop::admit(int fd, std::string address) {
  ++accepted_;
  const bool counted = !handlers_.is_proxy(address);
  const auto share = per_address_.find(share_of(address));
  const bool too_many = counted && share != per_address_.end() && share->second >= limits_.connections_per_address;
  const bool full = static_cast<int>(connections_.size()) >= limits_.connections && !make_room_for_one();
  if (too_many || full) {
    ++refused_;
    ::close(fd);
    return;
  }
  if (counted) ++per_address_[share_of(address)];
  auto connection = std::make_unique<Connection>(fd, std::move(address), counted);
  Connection& kept = *connection;
  connections_.emplace(fd, std::move(connection));
  ++open_;
  wait_in(kept, Phase::reading, limits_.head);
  register_with(epoll_, fd, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, &kept);
}

/// Closes the connection that has been idle longest; false where none is idle.
bool EventLoop::make_room_for_one() {
  Connection* longest = nullptr;
  for (const auto& [fd, connection] : connections_)
    if (connection->phase == Phase::idle && (!longest || connection->deadline < longest->deadline))
      longest = connection.get();
  if (longest) close(*longest);
  return longest != nullptr;
}

void EventLoop::on_event(Connection& connection, std::uint32_t events) {
  if (connection.closed) return;
  if (events & (EPOLLIN | EPOLLRDHUP)) connection.readable = true;
  if (events & EPOLLRDHUP) connection.half_closed = true;
  if (events & (EPOLLERR | EPOLLHUP)) connection.ended = true;
  if (connection.phase != Phase::lent) pump(connection);
}

void EventLoop::take_back_answered() {
  std::vector<Connection*> back;
  {
    const std::lock_guard lock(queue_mutex_);
    back.swap(answered_);
  }
  for (Connection* connection : back) {
    finish_request(*connection);
    pump(*connection);
  }
}

/// Moves a connection on until it has to wait for the network or for a thread.
void EventLoop::pump(Connection& connection) {
  while (true) {
    if (connection.ended || connection.out.broken()) return close(connection);
    Step step = Step::again;
    if (!connection.out.empty() || connection.close_after) step = flush(connection);
    if (connection.out.broken()) return close(connection);
    if (step == Step::again) step = start_request(connection);
    if (step == Step::again) continue;
    if (step == Step::gone) return;
    if (connection.phase == Phase::lent || connection.phase == Phase::writing) return;
    if (receive(connection) != Step::again) return;
  }
}

EventLoop::Step EventLoop::flush(Connection& connection) {
  connection.out.flush();
  if (!connection.out.empty()) {
    // Progress earns more time; a reader who takes nothing does not.
    if (connection.phase != Phase::writing || connection.out.sent() != connection.sent_before)
      wait_in(connection, Phase::writing, limits_.write);
    connection.sent_before = connection.out.sent();
    return Step::wait;
  }
  if (connection.phase == Phase::writing) wait_for_request(connection);
  if (!connection.close_after) return Step::again;
  if (!connection.unread) {
    close(connection);
    return Step::gone;
  }
  if (connection.phase != Phase::lingering) {
    // A socket closed on unread bytes resets, and the reader may never see the answer: say goodbye and read on a little.
    ::shutdown(connection.fd, SHUT_WR);
    connection.in.clear();
    wait_in(connection, Phase::lingering, kLinger);
  }
  return Step::wait;
}

EventLoop::Step EventLoop::receive(Connection& connection) {
  if (!connection.readable) return Step::wait;
  const ssize_t got = ::recv(connection.fd, scratch_.data(), scratch_.size(), 0);
  if (got < 0 && errno == EINTR) return Step::again;
  if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
    connection.readable = false;
    return Step::again;
  }
  if (got <= 0) {
    close(connection);
    return Step::gone;
  }
  // Less than was asked for means that there is no more, and what comes later is announced; but a goodbye was already.
  connection.readable = static_cast<std::size_t>(got) == scratch_.size() || connection.half_closed;
  if (connection.phase == Phase::lingering) return Step::again;
  if (connection.phase == Phase::idle) wait_in(connection, Phase::reading, limits_.head);
  connection.in.append(scratch_.data(), static_cast<std::size_t>(got));
  return Step::again;
}

EventLoop::Step EventLoop::start_request(Connection& connection) {
  if (connection.phase == Phase::lingering) return Step::wait;
  if (!connection.framed && connection.in.starts_with('\r')) {
    drop_line_breaks(connection.in);
    if (connection.in.empty()) wait_for_request(connection);
  }
  if (connection.in.empty()) return Step::wait;
  if (!connection.framed) {
    connection.framing = read_head(connection.in);
    if (connection.framing.state == Framed::incomplete) return Step::wait;
    if (connection.framing.state == Framed::refused) return refuse(connection, connection.framing.status);
    connection.framed = true;
    if (connection.framing.chunked || connection.framing.body_bytes > 0)
      return await_body(connection, connection.framing);
  }
  if (connection.chunks)
    if (const auto step = read_chunks(connection); step != Step::again || connection.close_after) return step;
  if (connection.in.size() < connection.whole()) return Step::wait;
  // The buffer may have moved while the body came.
  if (connection.framing.body_bytes > 0) connection.framing = read_head(connection.in);
  return serve(connection, connection.framing);
}

EventLoop::Step EventLoop::await_body(Connection& connection, const Framing& framing) {
  const auto longest = handlers_.body_limit(framing.head);
  if (framing.body_bytes > longest) return refuse(connection, 413);
  if (framing.chunked) connection.chunks.emplace(framing.head_bytes, longest);
  if (framing.wants_continue && connection.in.size() == framing.head_bytes)
    connection.out.send("HTTP/1.1 100 Continue\r\n\r\n", {});
  wait_in(connection, Phase::reading, limits_.body + more_time(framing.body_bytes));
  return Step::again;
}

/// Puts together the chunks that are here. When it was the last one, the request is one with a length.
EventLoop::Step EventLoop::read_chunks(Connection& connection) {
  auto& chunks = *connection.chunks;
  const auto before = chunks.body_bytes();
  const auto state = chunks.read(connection.in);
  if (state == Framed::refused) return refuse(connection, chunks.status());
  // Bytes that came earn their time, as a length that was announced does.
  connection.deadline += more_time(chunks.body_bytes()) - more_time(before);
  if (state == Framed::incomplete) return Step::wait;
  say_length(connection.in, chunks.body_bytes());
  connection.chunks.reset();
  connection.framing = read_head(connection.in);
  return Step::again;
}

EventLoop::Step EventLoop::serve(Connection& connection, const Framing& framing) {
  Exchange exchange{.bytes = std::string_view(connection.in).substr(0, connection.whole()),
                    .head_bytes = framing.head_bytes,
                    .head = &framing.head,
                    .address = connection.address,
                    .keep_alive = framing.keep_alive && !draining_,
                    .out = &connection.out};
  if (handlers_.answer_now(exchange)) {
    connection.framing.keep_alive = exchange.keep_alive;
    finish_request(connection);
    return Step::again;
  }
  lend(connection);
  return connection.phase == Phase::lent ? Step::wait : refuse(connection, 503);
}

void EventLoop::lend(Connection& connection) {
  const std::lock_guard lock(queue_mutex_);
  if (queue_.size() >= limits_.longest_queue) return;
  connection.phase = Phase::lent;
  connection.framing.keep_alive = connection.framing.keep_alive && !draining_;
  ++lent_;
  queue_.push_back(&connection);
  queue_filled_.notify_one();
}

EventLoop::Step EventLoop::refuse(Connection& connection, int status) {
  Exchange exchange{.bytes = connection.in,
                    .head_bytes = connection.framing.head_bytes,
                    .head = connection.framed ? &connection.framing.head : nullptr,
                    .address = connection.address,
                    .keep_alive = false,
                    .out = &connection.out};
  handlers_.refuse(status, exchange);
  connection.close_after = true;
  connection.unread = true;
  return Step::again;
}

/// The answer is sent or on its way: what follows in the buffer is the next request.
void EventLoop::finish_request(Connection& connection) {
  connection.close_after = connection.close_after || !connection.framing.keep_alive || draining_;
  connection.in.erase(0, connection.whole());
  connection.unread = connection.close_after && (!connection.in.empty() || connection.readable);
  if (connection.in.empty() && connection.in.capacity() > kReadAtOnce) connection.in.shrink_to_fit();
  connection.framed = false;
  connection.framing = {};
  wait_for_request(connection);
}

void EventLoop::wait_for_request(Connection& connection) {
  if (connection.in.empty()) return wait_in(connection, Phase::idle, limits_.idle);
  wait_in(connection, Phase::reading, limits_.head);
}

void EventLoop::wait_in(Connection& connection, int phase, milliseconds longest) {
  connection.phase = phase;
  connection.deadline = now_ + longest;
}

void EventLoop::close(Connection& connection) {
  const auto found = connections_.find(connection.fd);
  if (found == connections_.end()) return;
  if (connection.counted) {
    const auto share = per_address_.find(share_of(connection.address));
    if (share != per_address_.end() && --share->second <= 0) per_address_.erase(share);
  }
  ::close(connection.fd);
  connection.closed = true;
  graveyard_.push_back(std::move(found->second));
  connections_.erase(found);
  --open_;
}

/// Sends away who has had their time.
void EventLoop::sweep() {
  swept_ = now_;
  std::vector<Connection*> late;
  for (const auto& [fd, connection] : connections_)
    if (connection->phase != Phase::lent && connection->deadline <= now_) late.push_back(connection.get());
  for (Connection* connection : late) {
    if (connection->phase != Phase::idle && connection->phase != Phase::lingering) ++timed_out_;
    close(*connection);
  }
  if (!accepting_paused_ || draining_) return;
  accepting_paused_ = false;
  for (int& listener : listeners_) register_with(epoll_, listener, EPOLLIN, &listener);
}

void EventLoop::start_draining() {
  draining_ = true;
  for (const int listener : listeners_) {
    ::epoll_ctl(epoll_, EPOLL_CTL_DEL, listener, nullptr);
    ::close(listener);
  }
  listeners_.clear();
  std::vector<Connection*> unused;
  for (const auto& [fd, connection] : connections_)
    if (connection->phase == Phase::idle || connection->in.empty()) unused.push_back(connection.get());
  for (Connection* connection : unused)
    if (connection->phase != Phase::lent && connection->phase != Phase::writing) close(*connection);
  graveyard_.clear();
}

EventLoop::Figures EventLoop::figures() const {
  return {.connections = open_, .accepted = accepted_, .refused = refused_, .timed_out = timed_out_, .lent = lent_};
}

}  // namespace voice::server
