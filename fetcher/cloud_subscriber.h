// fetcher/cloud_subscriber.h - asks the server in a feed's <cloud> element to ping us when there is news (rssCloud).
//
// A cloud forgets whom it pings after 25 hours, so it is asked once a day. A ping says nothing that can be checked: it makes the
// feed due like anybody's ping does (server/push_routes.cpp), and polling goes on as if there were no cloud.
#pragma once
#include "base/clock.h"
#include "base/log.h"
#include "config/settings.h"
#include "fetcher/http_client.h"
#include "store/clouds.h"

namespace voice::fetcher {

class CloudSubscriber {
 public:
  CloudSubscriber(store::Database& database, const config::Settings& settings, Clock& clock, Log& log,
                  HttpClient& client)
      : database_(database), settings_(settings), clock_(clock), log_(log), client_(client) {}

  /// Begins the requests that are due; the client's drive() finishes them.
  void turn();

 private:
  void ask(const store::CloudRegistration& registration);
  void answered(const store::CloudRegistration& registration, const HttpAnswer& answer);

  store::Database& database_;
  const config::Settings& settings_;
  Clock& clock_;
  Log& log_;
  HttpClient& client_;
};

}  // namespace voice::fetcher
