#include "feeds/opml.h"

#include <doctest/doctest.h>

#include "base/time.h"

using namespace voice;
using namespace voice::feeds;

TEST_CASE("an outline list we write we read back identically") {
  OutlineList list;
  list.title = "Blogs & people <all>";
  list.owner_name = "The \"hub\"";
  list.owner_id = "https://hub.example.org/";
  list.created = sys_seconds{std::chrono::seconds{1700000000}};
  list.modified = sys_seconds{std::chrono::seconds{1700000500}};
  Outline feed{.text = "A < B",
               .title = "A < B",
               .type = "rss",
               .xml_url = "https://a.uk/feed?x=1&y=2",
               .html_url = "https://a.uk/",
               .description = "Môn",
               .language = "cy",
               .category = "/councils,/wales",
               .children = {}};
  Outline group{.text = "Councils",
                .title = "Councils",
                .type = {},
                .xml_url = {},
                .html_url = {},
                .description = {},
                .language = {},
                .category = {},
                .children = {feed, feed}};
  list.outlines = {group, feed};
  const auto back = read_opml(write_opml(list));
  REQUIRE(back);
  CHECK(*back == list);
  CHECK(feeds_of(*back).size() == 3);
}

TEST_CASE("a list that was cut off says nothing of the outline it was cut in") {
  const std::string whole = R"(<opml version="2.0"><head/><body><outline text="a" xmlUrl="https://a.uk/feed"/>)"
                            R"(<outline text="b" xmlUrl="https://b.uk/feed?page=12")";
  const auto first = whole.find("/><outline") + 2;
  for (auto length = first; length <= whole.size(); ++length) {
    CAPTURE(whole.substr(first, length - first));
    const auto list = read_opml(whole.substr(0, length));
    REQUIRE(list);
    REQUIRE(feeds_of(*list).size() == 1);
    CHECK(feeds_of(*list)[0].xml_url == "https://a.uk/feed");
  }
}

TEST_CASE("outlines are read as other readers export them") {
  const struct {
    std::string name, outline, url;
  } cases[] = {
      {"as the specification says", R"(<outline type="rss" text="t" xmlUrl="https://a.uk/feed"/>)",
       "https://a.uk/feed"},
      {"no type", R"(<outline text="t" xmlUrl="https://a.uk/feed"/>)", "https://a.uk/feed"},
      {"lower case", R"(<outline text="t" xmlurl="https://a.uk/feed"/>)", "https://a.uk/feed"},
      {"upper case", R"(<OUTLINE TEXT="t" TYPE="RSS" XMLURL="https://a.uk/feed"/>)", "https://a.uk/feed"},
      {"url for xmlUrl", R"(<outline type="rss" text="t" url="https://a.uk/feed"/>)", "https://a.uk/feed"},
      {"title only", R"(<outline title="t" xmlUrl="https://a.uk/feed"/>)", "https://a.uk/feed"},
      {"bare ampersand", R"(<outline text="t" xmlUrl="https://a.uk/feed?x=1&y=2"/>)", "https://a.uk/feed?x=1&y=2"},
      {"attribute without quotes", R"(<outline text="t" xmlUrl=https://a.uk/feed />)", "https://a.uk/feed"},
      {"nested in groups",
       R"(<outline text="g"><outline text="h"><outline text="t" xmlUrl="https://a.uk/feed"/></outline></outline>)",
       "https://a.uk/feed"},
      {"group never closed", R"(<outline text="g"><outline text="t" xmlUrl="https://a.uk/feed"/>)",
       "https://a.uk/feed"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    const auto list = read_opml("<opml version=\"1.1\"><head/><body>" + c.outline + "</body></opml>");
    REQUIRE(list);
    const auto feeds = feeds_of(*list);
    REQUIRE(feeds.size() == 1);
    CHECK(feeds[0].xml_url == c.url);
    CHECK(feeds[0].text == "t");
    CHECK(feeds[0].type == "rss");
  }
}

TEST_CASE("what is no outline list is refused in words its owner can act on") {
  CHECK(read_opml("").error().code == ErrorCode::unsupported);
  CHECK(read_opml("<html><body>no</body></html>").error().code == ErrorCode::unsupported);
  CHECK(read_opml("<rss/>").error().what.find("OPML") != std::string::npos);
}

TEST_CASE("groups nested without end are flattened, not followed") {
  std::string deep = "<opml><body>";
  for (int i = 0; i < 5000; ++i) deep += "<outline text=\"g\">";
  const auto list = read_opml(deep);
  REQUIRE(list);
  int depth = 0;
  for (const auto* level = &list->outlines; !level->empty(); level = &level->front().children) ++depth;
  CHECK(depth <= 33);
}
