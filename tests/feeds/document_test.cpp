#include "feeds/document.h"

#include <algorithm>
#include <doctest/doctest.h>

#include "base/time.h"

using namespace voice;
using namespace voice::feeds;

namespace {

Result<Feed> read(const std::string& bytes) {
  return read_document({.bytes = bytes, .url = "https://example.org/blog/feed", .content_type = ""});
}

std::string rss(const std::string& inside) {
  return "<rss version=\"2.0\"><channel><title>t</title>" + inside + "</channel></rss>";
}

}  // namespace

TEST_CASE("broken XML is mended as a browser would, and the feed says so") {
  const struct {
    std::string name, bytes;
  } cases[] = {
      {"cut off",
       "<rss version=\"2.0\"><channel><title>t</title><item><title>Post</title><link>https://a.uk/1</link><descr"},
      {"cut off in CDATA",
       "<rss "
       "version=\"2.0\"><channel><title>t</title><item><title>Post</title><link>https://a.uk/1</"
       "link><description><![CDATA[half"},
      {"an entry never closed", rss("<item><title>Post</title><link>https://a.uk/1</link>")},
      {"a title never closed", rss("<item><title>Post<link>https://a.uk/1</link></item>")},
      {"crossed tags",
       rss("<item><title>Post</title><link>https://a.uk/1</link><description><b><i>x</b></i></description></item>")},
      {"a bare ampersand",
       rss("<item><title>Post</title><link>https://a.uk/1</link><description>Q & A</description></item>")},
      {"HTML entities",
       rss("<item><title>Post</title><link>https://a.uk/1</link><description>a&nbsp;b</description></item>")},
      {"a control character", rss("<item><title>Po\x0Bst</title><link>https://a.uk/1</link></item>")},
      {"text before the declaration", "Warning: x in y.php\n<?xml version=\"1.0\"?>" +
                                          rss("<item><title>Post</title><link>https://a.uk/1</link></item>")},
      {"blank lines before the declaration",
       "\n\n<?xml version=\"1.0\"?>" + rss("<item><title>Post</title><link>https://a.uk/1</link></item>")},
      {"text after the end", rss("<item><title>Post</title><link>https://a.uk/1</link></item>") + "<!-- x --> cached"},
      {"attributes without quotes",
       rss("<item><title>Post</title><link>https://a.uk/1</link><guid isPermaLink=false>1</guid></item>")},
      {"a lone <", rss("<item><title>Post</title><link>https://a.uk/1</link><description>1 < 2</description></item>")},
      {"a prefix never declared",
       rss("<item><title>Post</title><link>https://a.uk/1</link><dc:creator>Ann</dc:creator></item>")},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    const auto feed = read(c.bytes);
    REQUIRE(feed);
    CHECK_FALSE(feed->well_formed);
    CHECK_FALSE(feed->warnings.empty());
    REQUIRE(feed->entries.size() == 1);
    CHECK(feed->entries[0].title == "Post");
    CHECK(feed->entries[0].url == "https://a.uk/1");
  }
}

TEST_CASE("a document that was cut off says nothing of the address it was cut in, and keeps what came before") {
  const std::string whole =
      "<rss version=\"2.0\"><channel><title>t</title><item><title>Post</title><link>https://a.uk/1234</link>"
      "<guid>https://a.uk/?p=1234</guid>";
  for (auto length = whole.find("https"); length <= whole.size(); ++length) {
    CAPTURE(whole.substr(0, length));
    const auto feed = read(whole.substr(0, length));
    REQUIRE(feed);
    REQUIRE(feed->entries.size() == 1);
    const auto& entry = feed->entries[0];
    CHECK(entry.title == "Post");
    CHECK((entry.url.empty() || entry.url == "https://a.uk/1234"));
    CHECK((entry.id.empty() || entry.id == "https://a.uk/1234" || entry.id == "https://a.uk/?p=1234"));
    CHECK_FALSE(feed->well_formed);
    for (const auto& warning : feed->warnings) CHECK(warning.find("after the end") == std::string::npos);
  }
}

TEST_CASE("what is no feed is refused with a sentence its owner can act on") {
  const struct {
    std::string name, bytes, words;
  } cases[] = {
      {"nothing", "", "empty"},
      {"spaces", " \n ", "empty"},
      {"a web page", "<!DOCTYPE html><html><head><title>x</title></head></html>", "web page"},
      {"a list of feeds", "<opml version=\"2.0\"><body/></opml>", "OPML"},
      {"other XML", "<urlset><url/></urlset>", "<urlset>"},
      {"text", "Not found", "not a feed"},
      {"other JSON", "{\"status\":\"ok\"}", "JSON Feed"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    const auto feed = read(c.bytes);
    REQUIRE_FALSE(feed);
    CHECK(feed.error().code == ErrorCode::unsupported);
    CHECK_MESSAGE(feed.error().what.find(c.words) != std::string::npos, feed.error().what);
  }
}

TEST_CASE("namespaces count, not prefixes") {
  const auto feed = read(
      "<x:feed xmlns:x=\"http://www.w3.org/2005/Atom\" "
      "xmlns:y=\"http://purl.org/dc/elements/1.1/\"><x:title>t</x:title>"
      "<x:entry><x:id>urn:1</x:id><x:title>Post</x:title><y:date>2024-02-29T09:00:00Z</y:date></x:entry></x:feed>");
  REQUIRE(feed);
  CHECK(feed->format == Format::atom10);
  CHECK(feed->well_formed);
  REQUIRE(feed->entries.size() == 1);
  REQUIRE(feed->entries[0].published);
  CHECK(rfc3339(*feed->entries[0].published) == "2024-02-29T09:00:00Z");
}

TEST_CASE("addresses are resolved against the nearest base, ids never") {
  const auto feed = read(
      "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:base=\"https://a.uk/x/\"><title>t</title><link href=\"home\"/>"
      "<entry xml:base=\"posts/\"><id>1</id><title>p</title><link href=\"one\"/></entry></feed>");
  REQUIRE(feed);
  CHECK(feed->home_page_url == "https://a.uk/x/home");
  CHECK(feed->entries[0].url == "https://a.uk/x/posts/one");
  CHECK(feed->entries[0].base_url == "https://a.uk/x/posts/");
  CHECK(feed->entries[0].id == "1");
}

TEST_CASE("entities of a document expand within a budget, and external ones never") {
  const auto plain = read("<!DOCTYPE rss [<!ENTITY name \"Ann\">]>" + rss("<item><title>&name;</title></item>"));
  REQUIRE(plain);
  CHECK(plain->entries[0].title == "Ann");

  std::string bomb = "<!DOCTYPE rss [<!ENTITY a0 \"laugh\">";
  for (int i = 1; i < 12; ++i) {
    bomb += "<!ENTITY a" + std::to_string(i) + " \"";
    for (int j = 0; j < 10; ++j) bomb += "&a" + std::to_string(i - 1) + ";";
    bomb += "\">";
  }
  const auto exploded = read(bomb + "]>" + rss("<item><title>&a11;</title><description>&a3;&a3;</description></item>"));
  REQUIRE(exploded);
  CHECK(exploded->entries[0].content_html.size() <= 64 * 1024);

  const auto outside =
      read("<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" + rss("<item><title>a&x;b</title></item>"));
  REQUIRE(outside);
  CHECK(outside->entries[0].title == "a&x;b");
}

namespace {
std::string many(std::string_view piece, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += piece;
  return out;
}
}  // namespace

TEST_CASE("of more entries than any blog has the first are read, and the blogger is told") {
  const std::string json = "{\"version\":\"https://jsonfeed.org/version/1\",\"title\":\"t\",\"items\":[";
  for (const auto& document :
       {rss(many("<item><title>a post</title></item>", 20'100)), json + many("{\"id\":\"a post\"},", 20'100) + "{}]}",
        "<CHANNEL HREF=\"https://a.uk/\"><TITLE>t</TITLE>" + many("<ITEM HREF=\"/a\"/>", 20'100) + "</CHANNEL>"}) {
    const auto feed = read(document);
    REQUIRE(feed);
    CHECK(feed->entries.size() == 20'000);
    CHECK(std::count_if(feed->warnings.begin(), feed->warnings.end(),
                        [](const auto& warning) { return warning.find("20,000") != std::string::npos; }) == 1);
  }
}

TEST_CASE("a document that is nothing but tags is refused before it becomes a tree") {
  CHECK(read(rss("<item><title>a</title>" + many("<x/>", 500'000) + "</item>")).error().code == ErrorCode::too_large);
  CHECK(read("{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[" + many("{},", 500'000) + "{}]}")
            .error()
            .code == ErrorCode::too_large);
  // What only looks like the beginning of a CDATA section hides none.
  for (const auto* decoy :
       {"<!-- <![CDATA[ -->", "<x y=\"<![CDATA[\"/>", "<x y='<![CDATA['/>", "<?x <![CDATA[ ?>", "<x y=\">"})
    CHECK_MESSAGE(read(rss(decoy + many("<x/>", 500'000))).error().code == ErrorCode::too_large, decoy);
  const auto table = read(rss("<item><description><![CDATA[" + many("<td>1", 500'000) + "]]></description></item>"));
  REQUIRE(table);  // there the tags are text
  CHECK(table->entries[0].content_html.size() == 2'500'000);
}

TEST_CASE("hostile shapes cost no more than their size") {
  CHECK(read(rss("<item><description>" + many("<b>", 100'000))).ok());
  CHECK(read(rss("<item>" + many("<media:group>", 50'000) + many("</media:group>", 50'000) + "</item>")).ok());
  CHECK(read(rss("<item><description>" + many("<![CDATA[", 50'000))).ok());
  CHECK(read(rss("<item><title>" + many("&lt;!--", 50'000) + "</title></item>")).ok());
  const auto tags = read(rss("<item>" + many("<category>a</category>", 2) + "</item>"));
  REQUIRE(tags);
  CHECK(tags->entries[0].tags.size() == 1);
  CHECK(read("{\"version\":\"https://jsonfeed.org/version/1\",\"items\":" + many("[", 100'000)).error().code ==
        ErrorCode::malformed);
}

TEST_CASE("people are understood in all their forms") {
  const struct {
    std::string text, name, email;
  } cases[] = {
      {"ann@a.uk (Ann Lee)", "Ann Lee", "ann@a.uk"},
      {"Ann Lee (ann@a.uk)", "Ann Lee", "ann@a.uk"},
      {"Ann Lee &lt;ann@a.uk&gt;", "Ann Lee", "ann@a.uk"},
      {"ann@a.uk", "", "ann@a.uk"},
      {"Ann Lee", "Ann Lee", ""},
      {"Ann (the elder)", "Ann (the elder)", ""},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    const auto feed = read(rss("<item><title>p</title><author>" + c.text + "</author></item>"));
    REQUIRE(feed);
    REQUIRE(feed->entries[0].authors.size() == 1);
    CHECK(feed->entries[0].authors[0].name == c.name);
    CHECK(feed->entries[0].authors[0].email == c.email);
  }
}

TEST_CASE("the first bytes tell feeds from pages") {
  CHECK(looks_like_feed("<?xml version=\"1.0\"?><rss version=\"2.0\">"));
  CHECK(looks_like_feed("junk <feed xmlns=\"http://www.w3.org/2005/Atom\">"));
  CHECK(looks_like_feed("{\"version\": \"https://jsonfeed.org/version/1.1\""));
  CHECK_FALSE(looks_like_feed("<!DOCTYPE html><html><head>"));
  CHECK_FALSE(looks_like_feed(""));
}
