// tests/server/feed_site.h - a hub with one blog, and its feeds read as a feed reader reads them.
#pragma once
#include <doctest/doctest.h>
#include <string>

#include "feeds/document.h"
#include "server/routes.h"
#include "tests/server/page_site.h"

namespace voice::server {

inline feeds::Feed read(const Response& response) {
  auto feed = feeds::read_document({.bytes = response.bytes(),
                                    .url = "http://127.0.0.1:8080/feed",
                                    .content_type = *response.header("Content-Type")});
  REQUIRE(feed);
  return *feed;
}

struct FeedSite : PageSite {
  explicit FeedSite(Router& table) : PageSite(table) {}
  store::AddedBlog ann =
      join({.title = "Ann & co", .feed_url = "https://ann.example/feed", .home_url = "https://ann.example/"});
};

inline Router all_routes() {
  Router router;
  add_all_routes(router);
  return router;
}

}  // namespace voice::server
