#include "server/blog_icon.h"
#include "server/conversation_pages.h"
#include "server/prose_pages.h"
#include "server/reader_pages.h"
#include "server/routes.h"
#include "server/search_pages.h"
#include "server/theme.h"

namespace voice::server {

void add_reader_routes(Router& router) {
  router.page("/", river_page);
  router.page("/blogs", directory_page);
  router.page("/blogs/{slug}", blog_page);
  router.get("/blogs/{slug}/icon", Who::anyone, blog_icon);
  router.page("/posts/{id}", post_page);
  router.get("/random", Who::anyone, random_page);
  router.page("/topics", topics_page);
  router.page("/topics/{slug}", topic_page);
  router.page("/people", people_page);
  router.page("/people/{slug}", person_page);
  router.page("/organisations", organisations_page);
  router.page("/organisations/{slug}", organisation_page);
  router.page("/featured", featured_page);
  router.page("/search", search_page);
  router.page("/conversations", conversations_page);
  router.page("/conversations/{id}", conversation_page);
  router.page("/archive", archive_page);
  router.page("/subscribe", subscribe_page);
  router.page("/about", about_page);
  router.page("/how-we-handle-your-feed", handling_page);
  router.page("/bot", bot_page);
  router.page("/privacy", privacy_page);
  router.page("/accessibility", accessibility_page);
  router.page("/cookies", cookies_page);
  router.page("/contact", contact_page);
  add_theme_routes(router);
  router.fallback(dated_page);
}

}  // namespace voice::server
