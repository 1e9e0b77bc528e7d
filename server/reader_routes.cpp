#include "server/reader_pages.h"
#include "server/routes.h"

namespace voice::server {

void add_reader_routes(Router& router) {
  router.page("/", river_page);
  router.page("/blogs/{slug}", blog_page);
}

}  // namespace voice::server
