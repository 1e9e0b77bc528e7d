#include "feeds/write.h"

#include <doctest/doctest.h>

#include "base/text.h"
#include "feeds/document.h"
#include "sample_feed.h"

using namespace voice;
using namespace voice::feeds;

namespace {

constexpr const char* kAddress = "https://example.org/feed";

Feed read_back(const std::string& written) {
  const auto feed = read_document({.bytes = written, .url = kAddress, .content_type = ""});
  REQUIRE_MESSAGE(feed.ok(), written);
  CHECK(feed->well_formed);
  CHECK(feed->warnings.empty());
  return *feed;
}

// The first line in which two feeds differ when they are written out; empty where they are equal.
std::string difference(const Feed& got, const Feed& wanted) {
  if (got == wanted) return {};
  const auto a = write_json_feed(got), b = write_json_feed(wanted);
  const auto left = split(a, '\n'), right = split(b, '\n');
  for (std::size_t i = 0; i < left.size() && i < right.size(); ++i)
    if (left[i] != right[i]) return "got " + std::string(left[i]) + " wanted " + std::string(right[i]);
  for (std::size_t i = 0; i < got.entries.size() && i < wanted.entries.size(); ++i) {
    const auto &x = got.entries[i], &y = wanted.entries[i];
    if (x.summary_html != y.summary_html) return "got summary " + x.summary_html + " wanted " + y.summary_html;
    if (x.language != y.language) return "got language " + x.language + " wanted " + y.language;
    if (x.id_is_permalink != y.id_is_permalink) return "the guid is a permalink in one only";
  }
  return "they differ in something that JSON Feed does not say";
}

// RSS has no word for a person's address, the feed's id or most of a source; JSON Feed none for a next archive's kind.
Feed as_rss_can_say(Feed feed) {
  feed.format = Format::rss20;
  feed.id.clear();
  for (auto& author : feed.authors) author.url.clear();
  for (auto& entry : feed.entries)
    if (entry.source) entry.source = Source{"", entry.source->title, entry.source->feed_url, "", "", {}};
  return feed;
}

Feed as_json_can_say(Feed feed) {
  feed.format = Format::json11;
  return feed;
}

}  // namespace

TEST_CASE("what we write we read back identically") {
  for (unsigned seed = 1; seed <= 200; ++seed) {
    CAPTURE(seed);
    auto feed = testing::SampleFeeds(seed).feed();
    feed.format = Format::atom10;
    CHECK(difference(read_back(write_atom(feed)), feed) == "");
    CHECK(difference(read_back(write_rss(feed)), as_rss_can_say(feed)) == "");
    CHECK(difference(read_back(write_json_feed(feed)), as_json_can_say(feed)) == "");
  }
}

TEST_CASE("characters that XML cannot hold are dropped and cannot break the document") {
  Feed feed;
  feed.title = "bell \x07 and nul";
  feed.title += '\0';
  feed.id = "urn:x";
  feed.home_page_url = feed.feed_url = "https://example.org/";
  Entry entry;
  entry.id = "urn:1";
  entry.title = "broken \xFF byte, U+FFFF \xEF\xBF\xBF, ]]> and <script>";
  entry.content_html =
      "a\x08"
      "b";
  feed.entries.push_back(entry);
  for (const auto& text : {write_atom(feed), write_rss(feed), write_json_feed(feed)}) {
    CHECK(is_valid_utf8(text));
    const auto back = read_back(text);
    CHECK(back.title == "bell and nul");
    REQUIRE(back.entries.size() == 1);
    CHECK(back.entries[0].content_html == "ab");
  }
}

TEST_CASE("RSS says creators in dc:creator, because author is for e-mail addresses") {
  Feed feed;
  feed.title = "t";
  Entry entry;
  entry.id = "1";
  entry.authors = {{"Ann", "", "ann@example.org"}};
  feed.entries.push_back(entry);
  const auto text = write_rss(feed);
  CHECK(text.find("<dc:creator>Ann</dc:creator>") != std::string::npos);
  CHECK(text.find("ann@example.org") == std::string::npos);
  CHECK(text.find("<guid isPermaLink=\"false\">1</guid>") != std::string::npos);
}

TEST_CASE("a stylesheet is named by an instruction that an address cannot break out of") {
  Feed feed;
  feed.title = "t";
  feed.id = "urn:x";
  const auto text = write_atom(feed, {.css_url = "https://a.uk/x\"?><script/>.css", .generator = "voice"});
  CHECK(text.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<?xml-stylesheet type=\"text/css\" href="));
  CHECK(text.find("<script") == std::string::npos);
  CHECK(read_back(text).title == "t");
}
