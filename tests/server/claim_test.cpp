#include <doctest/doctest.h>

#include "server/feed_check.h"
#include "server/joining.h"
#include "store/applications.h"
#include "tests/server/desk_site.h"
#include "tests/server/sample_blog.h"

using namespace voice;
using namespace voice::server;

namespace {

struct ListedBlog : DeskSite {
  ListedBlog() {
    listed = hub.db.write([&](store::Writer& db) {
      return *store::add_blog(db, {.title = "An old hand", .feed_url = blog.url("/feed"), .home_url = blog.url("/")},
                              hub.clock.now());
    });
  }
  Browser claim(const std::string& email) {
    auto browser = this->browser();
    browser.get("/my-blog/claim");
    browser.submit("/claim", {{"address", blog.url("/")}, {"email", email}});
    return browser;
  }
  std::string proof_word() {
    auto rows = hub.db.reader()->query("SELECT proof_word FROM applications ORDER BY id DESC");
    REQUIRE(rows.step());
    return rows.text(0);
  }
  void put_on_the_blog(const std::string& word) {
    blog.head.with([&](auto& head) { head = "<meta name=\"voice-verify\" content=\"" + word + "\">"; });
  }

  SampleBlog blog;
  store::AddedBlog listed;
};

}  // namespace

TEST_CASE("whoever proves that a listed blog is theirs gets the link to its page by letter") {
  ListedBlog site;
  auto ann = site.claim("ann@example.org");
  CHECK_MESSAGE(ann.says("“An old hand”"), ann.words());
  ann.submit("");
  CHECK(ann.says("We did not find it"));
  CHECK(site.letters() == 0);
  site.put_on_the_blog(site.proof_word());
  ann.submit("");
  CHECK_MESSAGE(ann.says("We have sent a letter to ann@example.org"), ann.words());
  auto later = site.browser();
  const auto link = site.link_in(site.letter_to("ann@example.org").text);
  later.get(link);
  later.submit(link);
  CHECK(later.says("An old hand"));
  later.submit("/pause");
  CHECK(store::find_blog(*site.hub.db.reader(), site.listed.blog)->state == store::BlogState::paused);
  const auto line = store::audit_lines(*site.hub.db.reader(), {.kind = "blog", .limit = 5}).back();
  CHECK(line.act.act == "blog.claimed");
}

TEST_CASE("a claim without its proof reaches nothing, and a blog that has its blogger cannot be claimed") {
  ListedBlog site;
  auto eve = site.claim("eve@example.org");
  auto door = site.browser();
  door.get("/my-blog");
  door.submit("/my-blog", {{"email", "eve@example.org"}});
  CHECK(site.letters() == 0);  // nothing is known of her

  auto ann = site.claim("ann@example.org");
  site.put_on_the_blog(site.proof_word());
  ann.submit("");
  eve.submit("");  // her word is not there
  CHECK(eve.says("We did not find it"));
  auto bob = site.claim("bob@example.org");
  CHECK(bob.status() == 422);
  CHECK(bob.says("Its blogger has given us an e-mail address already"));
}

TEST_CASE("what is not listed here is not to be claimed but to be added") {
  DeskSite site;
  SampleBlog blog;
  auto browser = site.browser();
  browser.get("/my-blog/claim");
  browser.submit("/claim", {{"address", blog.url("/")}, {"email", "ann@example.org"}});
  CHECK(browser.status() == 422);
  CHECK(browser.says("not here yet"));
}
