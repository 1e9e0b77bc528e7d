// fetcher/host_limiter.h - who may be asked now, so that no server feels us.
//
// One request at a time to a host, a second between two, and a host is what shares a machine: the registrable domain (a
// platform counts all its blogs together) and the IP address (so do we, when blogs of many names live on one server). A
// transfer that takes longer than a few seconds lets one more by, so that a stalled feed does not hold up its neighbours;
// there are never more than two. Time comes in by the door: nothing here waits.
#pragma once
#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

namespace voice::fetcher {

class HostLimiter {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using Ticket = std::int64_t;

  struct Rules {
    std::chrono::milliseconds spacing{1000};       ///< between two starts
    std::chrono::milliseconds second_after{5000};  ///< how long the first may take before another may start
    int most = 2;
  };

  HostLimiter() = default;
  explicit HostLimiter(Rules rules) : rules_(rules) {}

  /// Puts a request in line. `host` is the registrable domain; `first`: the next hop of a chain that has
  /// begun, served before those that have not.
  void add(Ticket ticket, const std::string& host, Time now, bool first = false);
  struct Turn {
    Ticket ticket;
    std::string host;
  };
  /// The next request that may start now; it counts as started.
  std::optional<Turn> next(Time now);
  /// The transfer is over, however it ended. `address`: the one it was granted, or empty.
  void finished(const std::string& host, const std::string& address, Time now);
  /// Asked when a connection is about to be used. True: it is ours until finished().
  bool grant_address(const std::string& host, const std::string& address, Time now);
  /// Puts a request whose address was not granted back in line, first among its host's.
  void put_back(Ticket ticket, const std::string& host, const std::string& address, Time now);
  /// Leaves a host alone until then.
  void pause(const std::string& host, Time until, Time now);

  std::size_t waiting() const { return waiting_; }
  /// When next() is worth asking again; nothing when only finished() or add() can change the answer.
  std::optional<Time> next_event() const;

 private:
  struct Host {
    std::deque<Ticket> hops;  ///< asked first: the rest of a chain that has begun
    std::deque<Ticket> waiting;
    bool idle() const { return hops.empty() && waiting.empty(); }
    std::deque<Time> started;  ///< of those in flight, oldest first
    Time last_start{};
    Time paused_until{};
    std::optional<Time> queued;  ///< where it stands in by_time_
  };
  struct Machine {
    std::string host;  ///< whose transfers are on it
    int in_flight = 0;
    Time last_start{};
    std::string promised_to;  ///< a host that was turned away: its request is the next, if it comes before ...
    Time promised_until{};    ///< ... this
  };

  static constexpr std::chrono::seconds kPromise{5};

  Time earliest(const Host& host) const;
  void enqueue(const std::string& name, Host& host, Time now);

  Rules rules_;
  std::unordered_map<std::string, Host> hosts_;
  std::unordered_map<std::string, Machine> machines_;
  std::set<std::pair<Time, std::string>> by_time_;
  std::size_t waiting_ = 0;
  std::size_t machines_after_sweep_ = 0;
};

}  // namespace voice::fetcher
