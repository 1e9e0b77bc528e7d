// store/hub_subscribers.h - who asked to be told of news in our own feeds (WebSub, as the hub).
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/db.h"

namespace voice::store {

enum class HubMode { subscribe, unsubscribe };

/// Somebody asked, in whoever's name: nothing happens until the callback confirms it.
struct HubRequest {
  std::int64_t id = 0;
  HubMode mode = HubMode::subscribe;
  std::string topic;
  std::string callback;
  std::string secret;
  std::chrono::seconds lease{0};
};

struct HubSubscriber {
  std::int64_t id = 0;
  std::string topic;
  std::string callback;
  std::string secret;          ///< empty: unsigned
  std::string delivered_hash;  ///< of the document they have
  std::int64_t failures = 0;
};

/// False when so many requests wait already that this one is not taken.
bool add_hub_request(Writer& db, const HubRequest& request, sys_seconds now);
/// The requests that wait, oldest first, and forgets them: each is tried once.
std::vector<HubRequest> take_hub_requests(Writer& db, int limit);

/// `delivered_hash`: what the topic says now, so that only later news is sent.
void confirm_subscriber(Writer& db, const HubRequest& request, std::string_view delivered_hash, sys_seconds now);
void remove_subscriber(Writer& db, std::string_view topic, std::string_view callback);

/// Topics with subscribers whose lease runs.
std::vector<std::string> hub_topics(Reader& db, sys_seconds now);
/// Subscribers of a topic that have another document than `hash` and may be tried now.
std::vector<HubSubscriber> subscribers_behind(Reader& db, std::string_view topic, std::string_view hash,
                                              sys_seconds now, int limit);
void delivered(Writer& db, std::int64_t subscriber, std::string_view hash);
void not_delivered(Writer& db, std::int64_t subscriber, sys_seconds again);
/// Forgets those whose lease is over; returns how many.
std::int64_t expire_subscribers(Writer& db, sys_seconds now);
/// How many callbacks asked our hub for a feed in which this blog's posts are: the river's or its own, in whatever format.
/// `base_url`: the site's, as topics begin.
std::int64_t count_followers(Reader& db, BlogId blog, std::string_view base_url, sys_seconds now);
std::int64_t count_subscribers(Reader& db, sys_seconds now);

}  // namespace voice::store
