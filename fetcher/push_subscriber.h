// fetcher/push_subscriber.h - asks other people's WebSub hubs to tell us of news (W3C WebSub, sections 5 and 7).
//
// Polling goes on, twelve times less often, while a hub is active: a hub that falls silent costs at most a day, and one that
// missed news is not relied on until it speaks again. What a hub pushes under our secret is read like a fetched document. A
// subscription that ends here, for whatever reason, is ended at the hub.
#pragma once
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/log.h"
#include "config/settings.h"
#include "fetcher/http_client.h"
#include "fetcher/push_inbox.h"
#include "store/push.h"

namespace voice::fetcher {

/// Ten days, which the specification calls a good default.
inline constexpr std::chrono::seconds kPushLease{864'000};

class PushSubscriber {
 public:
  PushSubscriber(store::Database& database, const config::Settings& settings, Clock& clock, Log& log,
                 HttpClient& client, PushInbox& inbox)
      : database_(database), settings_(settings), clock_(clock), log_(log), client_(client), inbox_(inbox) {}

  /// Writes down what hubs said and begins the requests that are due; the client's drive() finishes them.
  void turn();

 private:
  void write_down();
  void renew();
  void end();
  void say_goodbye(store::PushEnding ending, std::string hub_url, int hops);
  void ask(store::PushSubscription push, std::string hub_url, int hops);
  void answered(const store::PushSubscription& push, const std::string& hub_url, int hops, const HttpAnswer& answer);
  HttpRequest request_to(const std::string& hub_url, const char* mode, const std::string& topic,
                         const std::string& token) const;
  void fail(const store::PushSubscription& push, const std::string& why, store::PushState state);

  store::Database& database_;
  const config::Settings& settings_;
  Clock& clock_;
  Log& log_;
  HttpClient& client_;
  PushInbox& inbox_;
};

/// Where a hub reaches us for this subscription.
std::string callback_url(const config::Settings& settings, std::string_view token);

}  // namespace voice::fetcher
