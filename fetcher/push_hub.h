// fetcher/push_hub.h - the WebSub hub of our own feeds (W3C WebSub, sections 5 to 8).
//
// A request is believed only after its callback has echoed a challenge, so nobody can be made to receive what they did not
// ask for. News goes out as the whole new document ("fat ping"), signed where a secret was given. A callback that fails is
// tried again ever less often until its lease is over; 410 ends it. Callbacks pass the same address guard as everything.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "base/clock.h"
#include "base/log.h"
#include "base/tokens.h"
#include "config/settings.h"
#include "fetcher/http_client.h"
#include "store/hub_subscribers.h"

namespace voice::fetcher {

/// One of our feeds as it is now.
struct TopicDocument {
  std::string body;
  std::string content_type;
};
/// Renders a topic by its address; nothing where the address is none of ours.
using TopicSource = std::function<std::optional<TopicDocument>(const std::string& topic)>;

class PushHub {
 public:
  PushHub(store::Database& database, const config::Settings& settings, Clock& clock, TokenSource& chance, Log& log,
          HttpClient& client, TopicSource source)
      : database_(database),
        settings_(settings),
        clock_(clock),
        chance_(chance),
        log_(log),
        client_(client),
        source_(std::move(source)) {}

  /// Begins what is to be done now; the client's drive() finishes it.
  void turn();

 private:
  void verify(const store::HubRequest& request);
  void verified(const store::HubRequest& request, const std::string& challenge, const HttpAnswer& answer);
  void tell_of_news();
  void deliver(const store::HubSubscriber& subscriber, const TopicDocument& document, const std::string& hash);
  void delivered(const store::HubSubscriber& subscriber, const std::string& hash, const HttpAnswer& answer);

  store::Database& database_;
  const config::Settings& settings_;
  Clock& clock_;
  TokenSource& chance_;
  Log& log_;
  HttpClient& client_;
  TopicSource source_;
  std::unordered_set<std::int64_t> under_way_;  // subscribers being told
  std::int64_t seen_change_ = 0;
  sys_seconds looked_{};
  sys_seconds cleaned_{};
};

}  // namespace voice::fetcher
