#include "app/serve_command.h"

#include "app/hub.h"

namespace voice::app {

int serve_command(const ServeOptions& options) {
  auto settings = settings_for(options.hub);
  if (!settings) return fail_with(settings.error(), 1);
  if (!options.listen.empty()) settings->server.listen = options.listen;
  StandardLog log;
  return run_hub({.settings = std::move(*settings), .fetch = !options.no_fetch, .views_folder = options.views}, log);
}

}  // namespace voice::app
