// fetcher/push.h - both halves of WebSub, and rssCloud, driven by one job.
#pragma once
#include <memory>
#include <stop_token>

#include "fetcher/cloud_subscriber.h"
#include "fetcher/push_hub.h"
#include "fetcher/push_subscriber.h"

namespace voice::fetcher {

class Push {
 public:
  struct Parts {
    store::Database& database;
    const config::Settings& settings;
    Clock& clock;
    TokenSource& chance;
    Log& log;
    PushInbox& inbox;
    TopicSource topics;                       ///< called from the job's thread
    std::unique_ptr<HttpClient> client = {};  ///< empty: libcurl, as the settings say
  };

  /// Throws std::invalid_argument where the settings make no client.
  explicit Push(Parts parts);

  /// Runs until asked to stop. What is under way then is dropped and done again after the next start.
  void run(const std::stop_token& stop);

 private:
  Log& log_;
  std::unique_ptr<HttpClient> client_;
  PushSubscriber subscriber_;
  CloudSubscriber clouds_;
  PushHub hub_;
};

}  // namespace voice::fetcher
