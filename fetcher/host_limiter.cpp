#include "fetcher/host_limiter.h"

#include <algorithm>
#include <utility>

namespace voice::fetcher {

HostLimiter::Time HostLimiter::earliest(const Host& host) const {
  return std::max(host.paused_until, host.last_start == Time{} ? Time{} : host.last_start + rules_.spacing);
}

// When an address may be used by one more domain; nothing while only the end of a transfer can free it.
std::optional<HostLimiter::Time> HostLimiter::free_at(const Machine& machine) const {
  if (machine.uses.size() >= rules_.most) return std::nullopt;
  auto when = machine.last_start == Time{} ? Time{} : machine.last_start + rules_.spacing;
  if (!machine.uses.empty()) when = std::max(when, machine.uses.front().since + rules_.stranger_after);
  return when;
}

// Nothing: others are before it.
std::optional<HostLimiter::Time> HostLimiter::turn_in_line(const std::string& name, const Host& host) const {
  const auto& machine = machines_.at(host.in_line_at);
  if (machine.line.front() != name) return std::nullopt;
  auto when = free_at(machine);
  if (when && !machine.called.empty()) when = std::max(*when, machine.called_until);
  return when;
}

// Sets the moment at which the host is looked at again; a host without work is looked at once more, to be forgotten.
void HostLimiter::enqueue(const std::string& name, Host& host, Time now) {
  if (host.queued) by_time_.erase({*host.queued, name});
  host.queued.reset();
  if (host.in_flight) return;  // finished() comes back here
  auto when = std::max(now, earliest(host));
  if (!host.in_line_at.empty()) {
    const auto turn = turn_in_line(name, host);
    if (!turn) return;  // call_next() comes back here
    when = std::max(when, *turn);
  }
  host.queued = when;
  by_time_.emplace(when, name);
}

void HostLimiter::call_next(const Machine& machine, Time now) {
  if (machine.line.empty()) return;
  const auto& name = machine.line.front();
  enqueue(name, hosts_.at(name), now);
}

void HostLimiter::add(Ticket ticket, const std::string& name, Time now, bool first) {
  auto& host = hosts_[name];
  (first ? host.hops : host.waiting).push_back(ticket);
  ++waiting_;
  enqueue(name, host, now);
}

std::optional<HostLimiter::Turn> HostLimiter::next(Time now) {
  while (!by_time_.empty() && by_time_.begin()->first <= now) {
    const std::string name = by_time_.begin()->second;
    by_time_.erase(by_time_.begin());
    const auto at = hosts_.find(name);
    auto& host = at->second;
    host.queued.reset();
    if (host.idle()) {
      if (!host.in_flight && host.paused_until <= now) hosts_.erase(at);
      continue;
    }
    auto& line = host.hops.empty() ? host.waiting : host.hops;
    const Ticket ticket = line.front();
    line.pop_front();
    --waiting_;
    host.in_flight = true;
    host.start_before = std::exchange(host.last_start, now);
    if (!host.in_line_at.empty()) {
      auto& machine = machines_.at(host.in_line_at);
      host.called_by = host.in_line_at;
      machine.called = name;
      machine.called_until = now + kCall;
      leave_line(name, host, now);
    }
    return Turn{ticket, name};
  }
  return std::nullopt;
}

bool HostLimiter::grant_address(const std::string& name, const std::string& address, Time now) {
  auto& machine = machines_[address];
  // Without this a host with a long line would take every turn of a machine it shares.
  const bool called = !machine.called.empty() && now < machine.called_until;
  if (called ? machine.called != name : !machine.line.empty()) return false;
  const auto free = free_at(machine);
  // Its own last request is what the host's own spacing counts from.
  const bool own_before = machine.last_host == name && machine.uses.empty();
  if (!free || (now < *free && !own_before)) return false;
  if (machine.called == name) machine.called.clear();
  machine.last_host = name;
  machine.last_start = now;
  machine.uses.push_back({name, now});
  call_next(machine, now);
  return true;
}

void HostLimiter::leave_line(const std::string& name, Host& host, Time now) {
  auto& machine = machines_.at(std::exchange(host.in_line_at, {}));
  std::erase(machine.line, name);
  call_next(machine, now);
}

void HostLimiter::release(const std::string& name, const std::vector<std::string>& addresses, Time now) {
  for (const auto& address : addresses) {
    const auto at = machines_.find(address);
    if (at == machines_.end()) continue;
    std::erase_if(at->second.uses, [&](const Use& use) { return use.host == name; });
    call_next(at->second, now);
  }
}

void HostLimiter::finished(const std::string& name, const std::vector<std::string>& addresses, Time now) {
  if (const auto at = hosts_.find(name); at != hosts_.end()) {
    auto& host = at->second;
    host.in_flight = false;
    // Called, but connected elsewhere or not at all: the next in line need not wait for it.
    if (const auto caller = machines_.find(std::exchange(host.called_by, {})); caller != machines_.end()) {
      if (caller->second.called == name) caller->second.called.clear();
      call_next(caller->second, now);
    }
    enqueue(name, host, now);
  }
  release(name, addresses, now);
  forget_machines(now);
}

void HostLimiter::turned_away(Ticket ticket, const std::string& name, const std::string& address,
                              const std::vector<std::string>& addresses, Time now) {
  auto& host = hosts_[name];
  host.last_start = host.start_before;  // nobody was asked anything
  host.hops.push_front(ticket);
  ++waiting_;
  host.in_line_at = address;
  machines_[address].line.push_back(name);
  finished(name, addresses, now);
}

void HostLimiter::pause(const std::string& name, Time until, Time now) {
  auto& host = hosts_[name];
  host.paused_until = std::max(host.paused_until, until);
  // Nobody behind it in the line is to wait for the end of its pause.
  if (!host.in_line_at.empty()) leave_line(name, host, now);
  enqueue(name, host, now);
}

// Addresses are forgotten now and then, not one by one: a poll of 20,000 blogs meets as many.
void HostLimiter::forget_machines(Time now) {
  if (machines_.size() < machines_after_sweep_ * 2 + 256) return;
  std::erase_if(machines_, [&](const auto& item) {
    const auto& machine = item.second;
    return machine.uses.empty() && machine.line.empty() && machine.called.empty() &&
           machine.last_start + rules_.spacing < now;
  });
  machines_after_sweep_ = machines_.size();
}

std::optional<HostLimiter::Time> HostLimiter::next_event() const {
  if (by_time_.empty()) return std::nullopt;
  return by_time_.begin()->first;
}

}  // namespace voice::fetcher
