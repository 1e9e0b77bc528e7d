#include "server/api.h"
#include "server/api_page.h"
#include "server/embed.h"
#include "server/feed_routes.h"
#include "server/health.h"
#include "server/outlines.h"
#include "server/routes.h"
#include "server/site_files.h"
#include "server/static_files.h"

namespace voice::server {

void add_machine_routes(Router& router) {
  router.page("/archive/{year}/{month}.atom", month_archive);
  router.page("/members.opml", members_outline);
  router.fallback(listing_feed);
  router.fallback(listing_outline);

  router.get("/healthz", Who::anyone, healthz);
  router.get("/readyz", Who::anyone, readyz);
  router.get("/metrics", Who::anyone, metrics);
  router.get("/static/{file}", Who::anyone, static_file);
  for (const char* path : {"/feed.css", "/favicon.ico", "/favicon.svg", "/apple-touch-icon.png", "/icon-192.png",
                           "/icon-512.png", "/icon-maskable-512.png", "/manifest.webmanifest", "/og-image.png"})
    router.get(path, Who::anyone, static_file);

  router.page("/embed", embed_page);
  router.page("/robots.txt", robots_txt);
  router.page("/.well-known/security.txt", security_txt);
  router.page("/opensearch.xml", open_search);
  router.page("/sitemap.xml", sitemap);
  router.page("/sitemap-{number}.xml", sitemap_part);

  router.page("/api", api_page);
  router.page("/api/v1/entries", api_entries);
  router.page("/api/v1/entries/{id}", api_entry);
  router.page("/api/v1/blogs", api_blogs);
  router.page("/api/v1/blogs/{slug}", api_blog);
  router.page("/api/v1/topics", api_topics);
  router.page("/api/v1/organisations", api_organisations);
}

}  // namespace voice::server
