// fetcher/push_inbox.h - what hubs tell us, on its way from the web server to the job that writes it down.
//
// A hub verifies a subscription with a GET, and nothing that answers a GET may change the database; so the answer is decided
// from what is stored, and what it means is left here. Also keeps count of strangers' pings, which cost us a request each.
#pragma once
#include <chrono>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/guarded.h"
#include "base/ids.h"

namespace voice::fetcher {

struct Verified {
  FeedId feed;
  std::chrono::seconds lease{0};
};
struct Denied {
  FeedId feed;
  std::string reason;
};
using PushEvent = std::variant<Verified, Denied>;

class PushInbox {
 public:
  void put(PushEvent event) {
    events_.with([&](auto& list) { list.push_back(std::move(event)); });
  }
  std::vector<PushEvent> take() {
    return events_.with([](auto& list) { return std::exchange(list, {}); });
  }

  /// Whether one more unsigned ping from this address is listened to: ten in a minute are.
  bool admit(const std::string& address, sys_seconds now) {
    return pings_.with([&](Pings& pings) {
      if (now - pings.since >= std::chrono::minutes{1}) pings = {.since = now, .counts = {}};
      return ++pings.counts[address] <= 10 && pings.counts.size() <= 1000;
    });
  }

 private:
  struct Pings {
    sys_seconds since{};
    std::unordered_map<std::string, int> counts;
  };
  Guarded<std::vector<PushEvent>> events_;
  Guarded<Pings> pings_;
};

}  // namespace voice::fetcher
