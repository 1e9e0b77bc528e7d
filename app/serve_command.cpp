#include "app/serve_command.h"

#include "app/hub.h"

namespace voice::app {

int serve_command(const ServeOptions& options) {
  auto settings = settings_for(options.hub);
  if (!settings) return fail_with(settings.error(), 1);
  if (!options.listen.empty()) settings->server.listen = options.listen;
  // Nobody named a public address: then the hub is where it listens, and links in pages, feeds and letters lead there.
  const config::Settings defaults;
  if (settings->site.base_url == defaults.site.base_url && settings->server.listen != defaults.server.listen)
    settings->site.base_url = "http://" + settings->server.listen;
  StandardLog log;
  return run_hub({.settings = std::move(*settings), .fetch = !options.no_fetch, .views_folder = options.views}, log);
}

}  // namespace voice::app
