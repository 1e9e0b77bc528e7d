// fetcher/host_limiter.h - who may be asked now, so that no server feels us.
//
// One request at a time to a host, a second between two, and a host is what shares a machine: the registrable domain (a
// platform counts all its blogs together) and the IP address (so do we, when blogs of many names live on one server). To a
// domain there is never a second request. To an address there is one, of another domain, once the first has taken longer
// than a few seconds: a blog that hangs must not hold up the strangers it shares a server with; there are never more than two.
//
// Which address a name has is known only when it is connected to, so a request may be turned away there. It then stands in
// that address's line and is asked for again when its turn comes, before anybody who arrives later. Time comes in by the
// door: nothing here waits.
#pragma once
#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace voice::fetcher {

class HostLimiter {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using Ticket = std::int64_t;

  struct Rules {
    std::chrono::milliseconds spacing{1000};         ///< between two starts
    std::chrono::milliseconds stranger_after{5000};  ///< how long an address is one domain's alone
    std::size_t most = 2;                            ///< requests at once to an address, each of another domain
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
  /// The transfer is over, however it ended. `addresses`: those it was granted.
  void finished(const std::string& host, const std::vector<std::string>& addresses, Time now);
  /// Asked when a connection is about to be used. True: it is ours until finished().
  bool grant_address(const std::string& host, const std::string& address, Time now);
  /// Puts a request that was not granted `address` back, first among its host's and last in the address's line. `addresses`:
  /// those it was granted.
  void turned_away(Ticket ticket, const std::string& host, const std::string& address,
                   const std::vector<std::string>& addresses, Time now);
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
    bool in_flight = false;
    Time last_start{};
    Time start_before{};  ///< last_start, should this one be turned away
    Time paused_until{};
    std::string in_line_at;      ///< the address that turned its request away
    std::string called_by;       ///< the address that has called its request
    std::optional<Time> queued;  ///< where it stands in by_time_
  };
  struct Use {
    std::string host;
    Time since;
  };
  struct Machine {
    std::vector<Use> uses;  ///< oldest first
    std::string last_host;
    Time last_start{};
    std::deque<std::string> line;  ///< hosts that were turned away
    std::string called;   ///< the host that left the line last: its request is the next, if it comes before ...
    Time called_until{};  ///< ... this
  };

  static constexpr std::chrono::seconds kCall{5};

  Time earliest(const Host& host) const;
  std::optional<Time> free_at(const Machine& machine) const;
  std::optional<Time> turn_in_line(const std::string& name, const Host& host) const;
  void enqueue(const std::string& name, Host& host, Time now);
  void call_next(const Machine& machine, Time now);
  void leave_line(const std::string& name, Host& host, Time now);
  void release(const std::string& host, const std::vector<std::string>& addresses, Time now);
  void forget_machines(Time now);

  Rules rules_;
  std::unordered_map<std::string, Host> hosts_;
  std::unordered_map<std::string, Machine> machines_;
  std::set<std::pair<Time, std::string>> by_time_;
  std::size_t waiting_ = 0;
  std::size_t machines_after_sweep_ = 0;
};

}  // namespace voice::fetcher
