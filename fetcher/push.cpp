#include "fetcher/push.h"

#include <stdexcept>

namespace voice::fetcher {
namespace {

std::unique_ptr<HttpClient> client_or_default(std::unique_ptr<HttpClient> client, const config::Settings& settings) {
  if (client) return client;
  auto made = client_settings(settings.fetch);
  if (!made) throw std::invalid_argument(made.error().what);
  return make_http_client(std::move(*made));
}

}  // namespace

Push::Push(Parts parts)
    : log_(parts.log),
      client_(client_or_default(std::move(parts.client), parts.settings)),
      subscriber_(parts.database, parts.settings, parts.clock, parts.log, *client_, parts.inbox),
      clouds_(parts.database, parts.settings, parts.clock, parts.log, *client_),
      hub_(parts.database, parts.settings, parts.clock, parts.chance, parts.log, *client_, std::move(parts.topics)) {}

void Push::run(const std::stop_token& stop) {
  const std::stop_callback wake(stop, [this] { client_->wake(); });
  while (!stop.stop_requested()) {
    try {
      subscriber_.turn();
      clouds_.turn();
      hub_.turn();
      client_->drive(milliseconds{500});
    } catch (const std::exception& trouble) {
      log_.error("push trouble=\"{}\"", trouble.what());
      client_->drive(milliseconds{1000});
    }
  }
  client_->cancel_all();
}

}  // namespace voice::fetcher
