#include "server/blog_icon.h"

#include <doctest/doctest.h>

#include "store/icons.h"
#include "tests/server/page_site.h"

using namespace voice;
using namespace voice::server;

namespace {
const std::string kGif = "GIF89a\x10" + std::string(1, '\0') + "\x10" + std::string(1, '\0') + "rest";
}

TEST_CASE(
    "a blog's icon is shown beside its name, from our own address, and kept by browsers as long as it is the same") {
  Router router;
  add_all_routes(router);
  PageSite hub(router);
  const auto ann = hub.join({.title = "Ann", .feed_url = "https://ann.example/feed"});
  CHECK_FALSE(has(hub.body("/blogs"), "blog-icon"));
  CHECK(hub.get("/blogs/ann/icon").status == 404);
  hub.db.write([&](store::Writer& w) { store::put_icon(w, ann.blog, "image/gif", kGif); });

  const auto mark = store::icon_mark(*hub.db.reader(), ann.blog);
  const auto address = "/blogs/ann/icon?v=" + mark;
  CHECK(has(hub.body("/blogs"), "src=\"" + address + "\" alt=\"\""));
  CHECK(has(hub.body("/blogs/ann"), "src=\"" + address + "\" alt=\"\""));
  const auto icon = hub.get(address);
  CHECK(icon.status == 200);
  CHECK(icon.bytes() == kGif);
  CHECK(icon.shared->content_type() == "image/gif");
  CHECK(*icon.header("X-Content-Type-Options") == "nosniff");
  CHECK(icon.header("Content-Security-Policy")->starts_with("default-src 'none'"));
  CHECK(icon.header("Cache-Control")->find("immutable") != std::string::npos);
  CHECK(hub.get("/blogs/ann/icon?v=older").header("Cache-Control")->find("immutable") == std::string::npos);
  CHECK(hub.get("/blogs/nobody/icon").status == 404);

  hub.db.write([&](store::Writer& w) { store::set_blog_state(w, ann.blog, store::BlogState::left, hub.clock.now()); });
  CHECK(hub.get(address).status == 404);
}

TEST_CASE("the same icon again changes nothing, another one changes its address and the pages") {
  Router router;
  PageSite hub(router);
  const auto ann = hub.join({.title = "Ann", .feed_url = "https://ann.example/feed"});
  const auto put = [&](const std::string& bytes) {
    hub.db.write([&](store::Writer& w) { store::put_icon(w, ann.blog, "image/gif", bytes); });
    return hub.db.change_number();
  };
  const auto first = put(kGif);
  const auto mark = store::icon_mark(*hub.db.reader(), ann.blog);
  CHECK(put(kGif) == first);
  CHECK(put(kGif + "2") > first);
  CHECK(store::icon_mark(*hub.db.reader(), ann.blog) != mark);
}
