// server/site.h - what a handler is lent besides the request and the database.
//
// Nothing here can change the database: a read handler is given a Reader, a write handler the Database (server/router.h).
#pragma once
#include <functional>
#include <map>
#include <string>

#include "base/clock.h"
#include "base/log.h"
#include "base/tokens.h"
#include "config/settings.h"
#include "server/looks.h"
#include "server/metrics.h"

namespace voice::fetcher {
class PushInbox;
}  // namespace voice::fetcher
namespace voice::views {
class Views;
}

namespace voice::server {

struct Site {
  const config::Settings& settings;
  const Clock& clock;
  TokenSource& tokens;
  Log& log;
  /// The pages (views/page.h). Set wherever pages are shown; nullptr in tests of machine output.
  const views::Views* views = nullptr;
  /// What WebSub hubs tell us (fetcher/push.h). Nullptr where nothing listens to it.
  fetcher::PushInbox* push_inbox = nullptr;
  /// Tells the poller that something may be due now. Never waits. Empty where nothing polls in this process.
  std::function<void()> poke_poller = [] {};
  /// For /readyz: empty when the database can do its work, otherwise what keeps it from that (store/health.h).
  std::function<std::string()> why_not_ready = [] { return std::string(); };
  Metrics metrics;
  mutable Looks looks{settings.server.threads};

  /// "https://hub.example/blogs" for "/blogs".
  std::string address_of(std::string_view path) const { return settings.site.base_url + std::string(path); }
  bool is_https() const { return settings.site.base_url.starts_with("https://"); }
};

}  // namespace voice::server
