// Every statement that any reader's page or feed runs, held against the indexes. A scan or a sort that SQLite adds by itself
// is fine on a hundred posts and ruins a page on two hundred thousand; so pages are asked for, and what they prepared is read.
#include <doctest/doctest.h>

#include "base/text.h"
#include "store/indexing.h"
#include "tests/server/page_site.h"

using namespace voice;
using namespace voice::server;
using namespace std::chrono;

namespace {

// Tables that stay small (some thousands of rows) and may be read whole, by their aliases in our statements.
bool reads_a_small_table(std::string_view line) {
  for (const std::string_view name : {"blogs", "b", "topics", "t", "topic_terms", "organisations", "o", "people", "p",
                                      "f", "featured", "counters", "users"})
    if (line == "SCAN " + std::string(name) || line.starts_with("SCAN " + std::string(name) + " ")) return true;
  return false;
}

bool is_bounded_scan(std::string_view line) {
  return line.find("USING") != std::string_view::npos ||  // in the order of an index, ended by LIMIT
         line.find("VIRTUAL TABLE INDEX") != std::string_view::npos || line.starts_with("SCAN CONSTANT ROW") ||
         // What an inner SELECT with a LIMIT, or with one row, hands on; how it finds its rows is a line of its own.
         line.starts_with("SCAN (subquery") || line == "SCAN own" || line == "SCAN l";
}

}  // namespace

TEST_CASE("no page reads a large table from end to end") {
  Router router;
  add_all_routes(router);
  PageSite hub(router);
  hub.db.write([](store::Writer& w) { store::seed_reading(w); });
  const auto ann = hub.join({.title = "Ann",
                             .feed_url = "https://ann.example/feed",
                             .author = "Ann Onymous",
                             .organisation = "Hackney Council"});
  const auto ben = hub.join({.title = "Ben", .feed_url = "https://ben.example/feed"});
  hub.post(ann.feed, {{.title = "Data standards", .tags = {"data"}, .url = "https://ann.example/one"}});
  hub.post(ben.feed, {{.title = "In answer", .html = "<p><a href=\"https://ann.example/one\">Ann</a></p>"}});
  store::index_all(hub.db, hub.clock);

  const char* paths[] = {"/",
                         "/?without=weeknotes",
                         "/blogs",
                         "/blogs?sort=-posts&nation=England",
                         "/blogs?sort=organisation&state=quiet",
                         "/?before=1795000000-1",
                         "/posts/1/report",
                         "/blogs/ann",
                         "/posts/1",
                         "/posts/2",
                         "/random",
                         "/topics",
                         "/topics/data",
                         "/people",
                         "/people/ann-onymous",
                         "/organisations",
                         "/organisations?show=all",
                         "/featured",
                         "/archive",
                         "/2026",
                         "/2026/11",
                         "/2026/11/28",
                         "/2026/11/27",
                         "/search",
                         "/search?q=data",
                         "/search?q=data&topic=data&blog=ann&year=2026&language=en",
                         "/search?q=data&order=newest",
                         "/search?q=data&year=2026&order=newest&before=1795900000-9",
                         "/conversations",
                         "/conversations/1",
                         "/subscribe",
                         "/about",
                         "/bot",
                         "/feed.atom",
                         "/blogs/ann.rss",
                         "/topics/data.json",
                         "/search.atom?q=data",
                         "/archive/2026/11.atom?posts=1",
                         "/2026/11/28.atom",
                         "/2026/11.json",
                         "/guest-posts.rss",
                         "/conversations.atom",
                         "/topics/data.opml",
                         "/people/ann-onymous.opml",
                         "/organisations/london-borough-of-hackney.opml",
                         "/featured.opml",
                         "/conversations.opml",
                         "/search.opml?q=data",
                         "/members.opml?nation=England&sort=-posts",
                         "/members.opml"};
  for (const char* path : paths) {
    const auto status = hub.get(path).status;
    CHECK_MESSAGE((status == 200 || status == 303), path << " answered " << status);
  }

  const auto reader = hub.db.reader();
  const auto statements = reader->statements();
  CHECK(statements.size() > 30);
  for (const auto& sql : statements) {
    if (sql.starts_with("EXPLAIN")) continue;
    const auto plan = reader->plan_of(sql);
    for (const auto line : split(plan, '\n')) {
      if (!line.starts_with("SCAN") || reads_a_small_table(line) || is_bounded_scan(line)) continue;
      FAIL_CHECK(line << " in " << sql);
    }
  }
}
