#include "server/feed_routes.h"
#include "server/health.h"
#include "server/outlines.h"
#include "server/routes.h"
#include "server/static_files.h"

namespace voice::server {

void add_machine_routes(Router& router) {
  router.page("/archive/{year}/{month}.atom", month_archive);
  router.page("/archive/{year}/{month}.rss", month_archive);
  router.page("/archive/{year}/{month}.json", month_archive);
  router.page("/members.opml", members_outline);
  router.fallback(listing_feed);
  router.fallback(listing_outline);

  router.get("/healthz", Who::anyone, healthz);
  router.get("/readyz", Who::anyone, readyz);
  router.get("/metrics", Who::anyone, metrics);
  router.page("/static/{file}", static_file);
  router.page("/feed.css", static_file);
  router.page("/favicon.ico", static_file);
  router.page("/favicon.svg", static_file);
  router.page("/apple-touch-icon.png", static_file);
}

}  // namespace voice::server
