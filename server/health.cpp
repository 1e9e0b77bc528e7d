#include "server/health.h"

namespace voice::server {

Response healthz(const Request&, const Site&, store::Reader&) { return plain("ok\n"); }

Response readyz(const Request&, const Site& site, store::Reader&) {
  const std::string why_not = site.why_not_ready();
  return why_not.empty() ? plain("ready\n") : plain(why_not + "\n", 503);
}

Response metrics(const Request&, const Site& site, store::Reader&) {
  MetricsPage page;
  for (const auto& source : site.metrics.sources) source(page);
  return content(page.text(), "text/plain; version=0.0.4; charset=utf-8");
}

}  // namespace voice::server
