#include "fetcher/entry_body.h"

#include <doctest/doctest.h>

using namespace voice;

namespace {
std::string shown(const feeds::Entry& entry) {
  return fetcher::body_of(entry, "https://feeds.example/ann.json").text();
}
}  // namespace

TEST_CASE("an entry shows its content, else its summary, else its plain text") {
  feeds::Entry entry;
  entry.content_text = "Text";
  CHECK(shown(entry) == "<p>Text</p>");
  entry.summary_html = "<p>Summary</p>";
  CHECK(shown(entry) == "<p>Summary</p>");
  entry.content_html = "<p>Content</p>";
  CHECK(shown(entry) == "<p>Content</p>");
}

TEST_CASE("plain text keeps its paragraphs and lines, and is no HTML") {
  const struct {
    const char* name;
    const char* text;
    const char* expected;
  } cases[] = {
      {"paragraphs", "One\n\nTwo", "<p>One</p><p>Two</p>"},
      {"lines", "One\nTwo", "<p>One<br>Two</p>"},
      {"line ends of all kinds", "One\r\n \r\n\r\nTwo\r\nthree\r\n", "<p>One</p><p>Two<br>three</p>"},
      {"space around", "\n\n One \n\n", "<p>One</p>"},
      {"markup is text", "a <b>bold</b> claim & more", "<p>a &lt;b&gt;bold&lt;/b&gt; claim &amp; more</p>"},
      {"nothing", "", ""},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    feeds::Entry entry;
    entry.content_text = c.text;
    CHECK(shown(entry) == c.expected);
  }
}

TEST_CASE("addresses are resolved against the nearest base") {
  feeds::Entry entry;
  entry.content_html = R"(<a href="more">more</a>)";
  CHECK(shown(entry).find("https://feeds.example/more") != std::string::npos);
  entry.url = "https://ann.example/2026/post/";
  CHECK(shown(entry).find("https://ann.example/2026/post/more") != std::string::npos);
  entry.base_url = "https://base.example/";
  CHECK(shown(entry).find("https://base.example/more") != std::string::npos);
}
