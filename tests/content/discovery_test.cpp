#include "content/discovery.h"

#include <doctest/doctest.h>
#include <string>
#include <vector>

using namespace voice::content;

namespace {
std::vector<std::string> urls(const std::vector<FeedCandidate>& found) {
  std::vector<std::string> list;
  for (const auto& f : found) list.push_back(f.url);
  return list;
}
using List = std::vector<std::string>;
const std::string kPage = "https://blog.example/posts/one.html";
}  // namespace

TEST_CASE("the feeds a page names are found in the order it names them") {
  const struct {
    const char* name;
    const char* html;
    List expected;
  } cases[] = {
      {"a link element",
       R"(<link rel="alternate" type="application/rss+xml" href="/feed">)",
       {"https://blog.example/feed"}},
      {"any case, no quotes, several words",
       "<LINK REL='Feed ALTERNATE' TYPE=Application/Atom+XML HREF=a.xml>",
       {"https://blog.example/posts/a.xml"}},
      {"after <base>",
       R"(<base href="/x/"><link rel=alternate type=application/feed+json href=f.json>)",
       {"https://blog.example/x/f.json"}},
      {"in the body", R"(<p>a<link rel="alternate" type="application/rss+xml" href="/f">)", {"https://blog.example/f"}},
      {"character references",
       R"(<link rel=alternate type=application/rss+xml href="/f?a=1&amp;b=2">)",
       {"https://blog.example/f?a=1&b=2"}},
      {"a comment does not count", R"(<!-- <link rel=alternate type=application/rss+xml href=/old> -->)", {}},
      {"another language, a style sheet, an embedder",
       R"(<link rel=alternate hreflang=cy href=/cy/><link rel="alternate stylesheet" type="text/css" href=/x.css>
          <link rel=alternate type="application/json+oembed" href=/oembed>)",
       {}},
      {"the programming interface of WordPress is no feed",
       R"(<link rel=alternate type=application/json href=/wp-json/wp/v2/posts/1><link rel=alternate type=application/json href=/feed.json>)",
       {"https://blog.example/feed.json"}},
      {"comments come last",
       R"(<link rel=alternate type=application/rss+xml title="One - Comments" href=/c>
          <link rel=alternate type=application/rss+xml href=/feed>)",
       {"https://blog.example/feed", "https://blog.example/c"}},
      {"the same address once",
       R"(<link rel=alternate type=application/rss+xml href=/f><a href="/f#x">RSS</a>)",
       {"https://blog.example/f"}},
      {"anchors, this site's before others'",
       R"(<a href="https://other.example/rss">RSS</a><a href=/feedback>Feedback</a><a href=/index.xml>Subscribe</a>
          <a href="https://feedly.com/i/subscription/feed/x">Feedly</a><a href=/rss.png>icon</a>)",
       {"https://blog.example/index.xml", "https://other.example/rss"}},
      {"feed: as a scheme", R"(<a href="feed://blog.example/atom.xml">Atom</a>)", {"https://blog.example/atom.xml"}},
      {"what made the page, when nothing is named",
       R"(<meta name=generator content="WordPress 6.4"><p>x)",
       {"https://blog.example/feed/"}},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    CHECK(urls(page_feeds(c.html, kPage)) == c.expected);
  }
}

TEST_CASE("a candidate says what it is, what the page calls it and how it was found") {
  const auto found = page_feeds(
      R"(<link rel=alternate type="application/atom+xml; charset=utf-8" title="  Posts &amp;
         notes " href=/a.xml>)",
      kPage);
  REQUIRE(found.size() == 1);
  CHECK(found[0].type == "application/atom+xml");
  CHECK(found[0].title == "Posts & notes");
  CHECK(found[0].via == "link");
}

TEST_CASE("a Link header names feeds too") {
  const struct {
    const char* header;
    List expected;
  } cases[] = {
      {R"(</f>; rel="alternate"; type="application/rss+xml")", {"https://blog.example/f"}},
      {R"(<https://x.example/>; rel=shortlink, <a>; type=application/atom+xml; rel=alternate; title="A, \"B\"; c")",
       {"https://blog.example/posts/a"}},
      {R"(</wp-json/>; rel="https://api.w.org/")", {}},
      {R"(</f>; rel="alternate)", {}},
      {R"(<<<;;;,,,)", {}},
      {"", {}},
  };
  for (const auto& c : cases) {
    CAPTURE(c.header);
    CHECK(urls(header_feeds(c.header, kPage)) == c.expected);
  }
  CHECK(header_feeds(cases[1].header, kPage)[0].title == "A, \"B\"; c");
}

TEST_CASE("well-known systems need no asking") {
  const struct {
    const char* page;
    const char* feed;
  } cases[] = {
      {"https://www.youtube.com/channel/UCabc/videos", "https://www.youtube.com/feeds/videos.xml?channel_id=UCabc"},
      {"https://www.youtube.com/playlist?list=PL1", "https://www.youtube.com/feeds/videos.xml?playlist_id=PL1"},
      {"https://medium.com/@ana", "https://medium.com/feed/@ana"},
      {"https://ana.medium.com/a-post-1", "https://ana.medium.com/feed"},
      {"https://ana.substack.com/p/x", "https://ana.substack.com/feed"},
      {"https://ana.wordpress.com/", "https://ana.wordpress.com/feed/"},
      {"https://gds.blog.gov.uk/2026/x", "https://gds.blog.gov.uk/feed/"},
      {"https://ana.blogspot.co.uk/2026/01/x.html", "https://ana.blogspot.co.uk/feeds/posts/default"},
      {"https://ana.tumblr.com/", "https://ana.tumblr.com/rss"},
      {"https://mastodon.example/@ana", "https://mastodon.example/@ana.rss"},
      {"https://github.com/o/r", "https://github.com/o/r/releases.atom"},
      {"https://www.reddit.com/r/localgov", "https://www.reddit.com/r/localgov/.rss"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.page);
    const auto found = platform_feeds(c.page);
    REQUIRE(!found.empty());
    CHECK(found[0].url == c.feed);
    CHECK(found[0].via == "platform");
  }
  CHECK(platform_feeds("https://blog.example/").empty());
  CHECK(platform_feeds("medium").empty());
}

TEST_CASE("guesses are few, below the page first") {
  const auto found = urls(guessed_feeds("https://blog.example/team/page"));
  CHECK(found.size() == 8);
  CHECK(found[0] == "https://blog.example/team/feed");
  CHECK(found[4] == "https://blog.example/feed/");
  CHECK(guessed_feeds("https://blog.example/").size() == 8);
  CHECK(guessed_feeds("mailto:x@y.example").empty());
}
