#include "fetcher/host_limiter.h"

#include <algorithm>

namespace voice::fetcher {

using std::chrono::milliseconds;

HostLimiter::Time HostLimiter::earliest(const Host& host) const {
  auto when = std::max(host.paused_until, host.last_start == Time{} ? Time{} : host.last_start + rules_.spacing);
  if (!host.started.empty()) when = std::max(when, host.started.front() + rules_.second_after);
  return when;
}

// Sets the moment at which the host is looked at again; a host without work is looked at once more, to be forgotten.
void HostLimiter::enqueue(const std::string& name, Host& host, Time now) {
  if (host.queued) by_time_.erase({*host.queued, name});
  host.queued.reset();
  if (static_cast<int>(host.started.size()) >= rules_.most) return;  // finished() comes back here
  if (host.idle() && !host.started.empty()) return;
  host.queued = std::max(now, earliest(host));
  by_time_.emplace(*host.queued, name);
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
      if (host.started.empty() && host.paused_until <= now) hosts_.erase(at);
      continue;
    }
    auto& line = host.hops.empty() ? host.waiting : host.hops;
    const Ticket ticket = line.front();
    line.pop_front();
    --waiting_;
    host.started.push_back(now);
    host.last_start = now;
    enqueue(name, host, now);
    return Turn{ticket, name};
  }
  return std::nullopt;
}

bool HostLimiter::grant_address(const std::string& name, const std::string& address, Time now) {
  auto& machine = machines_[address];
  // Without this a host with a long line would take every turn of a machine it shares.
  if (!machine.promised_to.empty() && machine.promised_to != name && now < machine.promised_until) return false;
  // The same host may go on to its own address as often as its own limit lets it.
  if (machine.host != name) {
    if (machine.in_flight > 0) return false;
    if (machine.last_start != Time{} && now < machine.last_start + rules_.spacing) return false;
  }
  if (machine.promised_to == name) machine.promised_to.clear();
  machine.host = name;
  ++machine.in_flight;
  machine.last_start = now;
  return true;
}

void HostLimiter::finished(const std::string& name, const std::string& address, Time now) {
  if (const auto at = hosts_.find(name); at != hosts_.end()) {
    if (!at->second.started.empty()) at->second.started.pop_front();
    enqueue(name, at->second, now);
  }
  if (address.empty()) return;
  if (const auto at = machines_.find(address); at != machines_.end() && at->second.in_flight > 0)
    --at->second.in_flight;
  // Addresses are forgotten now and then, not one by one: a poll of 20,000 blogs meets as many.
  if (machines_.size() < machines_after_sweep_ * 2 + 256) return;
  std::erase_if(machines_,
                [&](const auto& m) { return m.second.in_flight == 0 && m.second.last_start + rules_.spacing < now; });
  machines_after_sweep_ = machines_.size();
}

void HostLimiter::put_back(Ticket ticket, const std::string& name, const std::string& address, Time now) {
  auto& host = hosts_[name];
  if (!host.started.empty()) host.started.pop_back();
  host.hops.push_front(ticket);
  ++waiting_;
  auto free_at = now;
  if (const auto at = machines_.find(address); at != machines_.end()) {
    auto& machine = at->second;
    free_at = machine.last_start + rules_.spacing;
    if (machine.promised_to.empty() || now >= machine.promised_until) {
      machine.promised_to = name;
      machine.promised_until = std::max(now, free_at) + kPromise;
    }
  }
  host.last_start = std::max(now, free_at) - rules_.spacing + milliseconds{50};
  enqueue(name, host, now);
}

void HostLimiter::pause(const std::string& name, Time until, Time now) {
  auto& host = hosts_[name];
  host.paused_until = std::max(host.paused_until, until);
  enqueue(name, host, now);
}

std::optional<HostLimiter::Time> HostLimiter::next_event() const {
  if (by_time_.empty()) return std::nullopt;
  return by_time_.begin()->first;
}

}  // namespace voice::fetcher
