#include "server/theme.h"

#include <doctest/doctest.h>

#include "server/routes.h"
#include "tests/server/browser.h"
#include "tests/server/page_site.h"

using namespace voice;
using namespace voice::server;

namespace {

struct ThemedHub {
  ThemedHub() { add_reader_routes(router); }
  Browser browser() {
    return Browser([this](Request request) { return hub.send(std::move(request)); });
  }
  Response page_for(const std::string& cookies) {
    Request request{.path = "/about"};
    if (!cookies.empty()) request.headers.add("Cookie", cookies);
    auto response = hub.send(std::move(request));
    response.body = response.bytes();
    return response;
  }
  Router router;
  PageSite hub{router};
};

bool is_dark_always(const std::string& page) { return has(page, "\" media=\"screen\">"); }
bool has_dark_sheet(const std::string& page) { return has(page, "/static/dark."); }

}  // namespace

TEST_CASE("a reader chooses light or dark pages without script, and may take it back") {
  ThemedHub site;
  auto browser = site.browser();
  browser.get("/");
  CHECK(has(browser.page(), "media=\"screen and (prefers-color-scheme: dark)\""));
  CHECK(has(browser.page(), "<meta name=\"color-scheme\" content=\"light dark\">"));

  browser.get("/appearance");
  browser.submit("/appearance", {{"theme", "dark"}});
  CHECK(browser.says("Your choice is kept"));
  CHECK(is_dark_always(browser.page()));
  browser.get("/about");
  CHECK(is_dark_always(browser.page()));
  CHECK(has(browser.page(), "<meta name=\"color-scheme\" content=\"dark\">"));
  browser.get("/no-such-page");
  CHECK(is_dark_always(browser.page()));

  browser.get("/appearance");
  browser.submit("/appearance", {{"theme", "light"}});
  browser.get("/about");
  CHECK_FALSE(has_dark_sheet(browser.page()));

  browser.get("/appearance");
  browser.submit("/appearance", {{"theme", "device"}});
  CHECK_FALSE(browser.cookies().contains("theme"));
  browser.get("/about");
  CHECK(has(browser.page(), "prefers-color-scheme: dark"));
}

TEST_CASE("kept pages of different colours are not mixed, here or by other caches") {
  ThemedHub site;
  const auto device = site.page_for("");
  const auto dark = site.page_for("theme=dark");
  const auto light = site.page_for("theme=light");
  CHECK(is_dark_always(dark.body));
  CHECK_FALSE(is_dark_always(device.body));
  CHECK_FALSE(has_dark_sheet(light.body));
  CHECK(*device.header("ETag") != *dark.header("ETag"));
  CHECK(*device.header("ETag") != *light.header("ETag"));
  CHECK(has(*dark.header("Vary"), "Cookie"));
  CHECK(site.page_for("").body == device.body);
  CHECK(site.page_for("theme=red").body == device.body);
}

TEST_CASE("choosing nothing is asked again") {
  ThemedHub site;
  auto browser = site.browser();
  browser.get("/appearance");
  browser.submit("/appearance", {{"theme", "sepia"}});
  CHECK(browser.status() == 422);
  CHECK(browser.says("Error: "));
  CHECK_FALSE(browser.cookies().contains("theme"));
}
