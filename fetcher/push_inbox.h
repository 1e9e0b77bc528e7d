// fetcher/push_inbox.h - what hubs tell us, on its way from the web server to the job that writes it down.
//
// A hub verifies a subscription with a GET, and nothing that answers a GET may change the database; so the answer is decided
// from what is stored, and what it means is left here. So are documents that hubs push, for the poller to read; what there is
// no room for need not be lost, because a poll brings it too. Keeps count of strangers' pings, which cost us a request each.
#pragma once
#include <chrono>
#include <string>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/guarded.h"
#include "base/ids.h"

namespace voice::fetcher {

/// How soon after a poll a hub's hint is followed; the floor of polls where that is less.
inline constexpr std::chrono::seconds kPushFloor{60};

struct Verified {
  FeedId feed;
  std::chrono::seconds lease{0};
};
struct Denied {
  FeedId feed;
  std::string reason;
};
struct Ended {
  std::string token;  ///< of the subscription that the hub has ended
};
using PushEvent = std::variant<Verified, Denied, Ended>;

/// A document as a hub pushed it, its signature checked.
struct PushedDocument {
  FeedId feed;
  std::string content_type;
  std::string body;
};

class PushInbox {
 public:
  void put(PushEvent event) {
    events_.with([&](auto& list) { list.push_back(std::move(event)); });
  }
  std::vector<PushEvent> take() {
    return events_.with([](auto& list) { return std::exchange(list, {}); });
  }

  /// False where there is no room: one document of a feed waits at a time, and 64 MB of all.
  bool put(PushedDocument document) {
    return documents_.with([&](Documents& waiting) {
      if (waiting.bytes + document.body.size() > kMostBytes) return false;
      for (const auto& other : waiting.list)
        if (other.feed == document.feed) return false;
      waiting.bytes += document.body.size();
      waiting.list.push_back(std::move(document));
      return true;
    });
  }
  std::vector<PushedDocument> take_documents() {
    return documents_.with([](Documents& waiting) {
      waiting.bytes = 0;
      return std::exchange(waiting.list, {});
    });
  }

  /// Whether one more unsigned ping from this address is listened to: ten in a minute are.
  bool admit(const std::string& address, sys_seconds now) {
    return pings_.with([&](Pings& pings) {
      if (now - pings.since >= std::chrono::minutes{1}) pings = {.since = now, .counts = {}};
      return ++pings.counts[address] <= 10 && pings.counts.size() <= 1000;
    });
  }

 private:
  static constexpr std::size_t kMostBytes = 64 << 20;
  struct Documents {
    std::vector<PushedDocument> list;
    std::size_t bytes = 0;
  };
  struct Pings {
    sys_seconds since{};
    std::unordered_map<std::string, int> counts;
  };
  Guarded<std::vector<PushEvent>> events_;
  Guarded<Documents> documents_;
  Guarded<Pings> pings_;
};

}  // namespace voice::fetcher
