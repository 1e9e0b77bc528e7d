// tests/feeds/sample_feed.h - feeds made of a seed, with everything that makes writers stumble.
#pragma once
#include <random>
#include <string>

#include "feeds/feed.h"

namespace voice::feeds::testing {

/// Makes the same feed for the same seed. What a format has no words for is left out by without_...().
class SampleFeeds {
 public:
  explicit SampleFeeds(unsigned seed) : random_(seed) {}

  Feed feed() {
    Feed feed;
    feed.encoding = "utf-8";
    feed.id = "https://hub.example.org/feed";
    feed.title = words();
    feed.home_page_url = address();
    feed.feed_url = address();
    feed.description = words();
    feed.language = maybe("en-GB");
    feed.icon = maybe(address());
    feed.rights = maybe(words());
    feed.licence = maybe(address());
    feed.hubs = {address(), address()};
    feed.next_page = maybe(address());
    feed.prev_archive = maybe(address());
    feed.current = maybe(address());
    feed.updated = moment();
    feed.authors = {{words(), maybe(address()), ""}};
    const int count = number(0, 6);
    for (int i = 0; i < count; ++i) feed.entries.push_back(entry(feed, i));
    return feed;
  }

 private:
  Entry entry(const Feed& feed, int place) {
    Entry entry;
    entry.id = "tag:example.org,2024:" + std::to_string(place);
    entry.url = address();
    entry.external_url = maybe(address());
    entry.title = words();
    entry.content_html = markup();
    entry.summary_html = maybe(html_words());
    entry.base_url = "https://example.org/feed";
    entry.image = maybe(address());
    entry.language = number(0, 1) == 0 || feed.language.empty() ? feed.language : "cy";
    entry.comments_url = maybe(address());
    entry.rights = maybe(words());
    entry.licence = maybe(address());
    entry.published = moment();
    entry.updated = *entry.published + std::chrono::hours{number(1, 100)};
    entry.authors = {{words(), "", ""}, {words() + " the second", "", ""}};
    for (int i = number(0, 3); i > 0; --i) entry.tags.push_back(words() + std::to_string(i));
    for (int i = number(0, 2); i > 0; --i)
      entry.enclosures.push_back({address() + std::to_string(i) + ".mp3", "audio/mpeg", number(1, 100000), "", 0});
    if (number(0, 1) == 1)
      entry.source = Source{"urn:x:" + words_without_space(), words(), address(), address(), words(), moment()};
    return entry;
  }

  int number(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }
  std::string maybe(std::string text) { return number(0, 1) == 0 ? std::string() : text; }
  sys_seconds moment() { return sys_seconds{std::chrono::seconds{number(946684800, 2000000000)}}; }
  std::string word() {
    static constexpr const char* kWords[] = {"council", "Môn",  "&",    "a<b",   "\"quoted\"", "it's",
                                             "]]>",     "日本", "🙂", "&amp;", "<!--x"};
    return kWords[number(0, 10)];
  }
  std::string words() {
    std::string text = "Note";
    for (int i = number(0, 4); i > 0; --i) text += " " + word();
    return text;
  }
  std::string words_without_space() { return std::to_string(number(1, 1000000)); }
  std::string address() {
    static constexpr const char* kTails[] = {"", "?a=1&b=2", "a%20b", "#top", "x/y/"};
    return "https://example.org/" + std::to_string(number(1, 100000)) + "/" + kTails[number(0, 4)];
  }
  std::string html_words() { return "Short &amp; sweet " + std::to_string(number(1, 9)); }
  std::string markup() {
    static constexpr const char* kMarkup[] = {"<p>One &amp; <b>two</b></p>",
                                              "<a href=\"https://a.uk/?x=1&amp;y=2\">link</a>", "plain",
                                              "  <pre>\n  kept\n\n  lines</pre>\n", "<p>]]&gt; &lt;tag&gt; 日本</p>"};
    return kMarkup[number(0, 4)];
  }

  std::mt19937 random_;
};

}  // namespace voice::feeds::testing
