#include <doctest/doctest.h>

#include "store/audit.h"
#include "store/blogs.h"
#include "store/ingest.h"
#include "store/reports.h"
#include "tests/server/desk_site.h"

using namespace voice;
using namespace voice::server;

namespace {

EntryId add_post(DeskSite& site) {
  return site.hub.db.write([&](store::Writer& db) {
    const auto blog = *store::add_blog(db, {.title = "B", .feed_url = "https://b.example/feed"}, site.hub.clock.now());
    feeds::Entry entry;
    entry.title = "Names a neighbour";
    entry.url = "https://b.example/1";
    const std::vector<store::IncomingEntry> incoming = {{.guid = "1",
                                                         .content_hash = "1",
                                                         .entry = &entry,
                                                         .body = content::SafeHtml::from_store("<p>x</p>"),
                                                         .excerpt = "x",
                                                         .words = 1}};
    store::ingest(db, blog.feed, incoming, false, site.hub.clock.now());
    return EntryId{1};
  });
}

std::vector<store::Report> open(DeskSite& site) { return store::open_reports(*site.hub.db.reader(), 10); }

}  // namespace

TEST_CASE("a reader reports a post without an account, and an editor closes the report") {
  DeskSite site;
  add_post(site);
  auto reader = site.browser();
  reader.get("/posts/1/report");
  CHECK(reader.says("Names a neighbour"));
  reader.submit("/posts/1/report", {{"email", "not an address"}});
  CHECK(reader.status() == 422);
  CHECK(reader.says("Say what is wrong with the post"));
  CHECK(open(site).empty());
  reader.submit("/posts/1/report", {{"words", "It names <b>me</b>"}, {"email", "ann@example.org"}});
  CHECK(reader.says("Report sent"));
  REQUIRE(open(site).size() == 1);
  CHECK(open(site)[0].words == "It names <b>me</b>");

  site.add_editor("ed@example.org");
  auto editor = site.signed_in("ed@example.org");
  editor.get("/editor");
  CHECK(editor.says("1 open"));
  editor.get("/editor/reports");
  CHECK(editor.page().find("It names &lt;b&gt;me&lt;/b&gt;") != std::string::npos);
  CHECK(editor.says("ann@example.org"));
  editor.submit("/editor/reports/1/close");
  CHECK(editor.says("No report is open"));
  CHECK(open(site).empty());
  for (const auto& line :
       store::audit_lines(*site.hub.db.reader(), {.kind = {}, .audience = store::Audience::everybody})) {
    CAPTURE(line.act.act);
    CHECK(line.act.act.find("report") == std::string::npos);
  }
}

TEST_CASE("one post cannot be reported over and over, and a post that is not there not at all") {
  DeskSite site;
  add_post(site);
  auto reader = site.browser();
  for (int i = 0; i < 5; ++i) {
    reader.get("/posts/1/report");
    reader.submit("/posts/1/report", {{"words", "Spam"}});
    REQUIRE(reader.says("Report sent"));
  }
  reader.get("/posts/1/report");
  reader.submit("/posts/1/report", {{"words", "Spam"}});
  CHECK(reader.status() == 429);
  CHECK(open(site).size() == 5);
  CHECK(reader.get("/posts/2/report").status == 404);
}
