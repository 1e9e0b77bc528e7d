#include "content/sanitizer.h"

#include <doctest/doctest.h>

#include <string>

using voice::content::sanitize;

TEST_CASE("what is safe is kept and what is not is taken out") {
  const std::string base = "https://blog.example/2026/post";
  const struct { const char* name; const char* html; const char* expected; } cases[] = {
      {"plain paragraphs", "<p>One</p>\n<p>Two</p>", "<p>One</p>\n<p>Two</p>"},
      {"a script", "<p>a<script>alert(1)</script>b</p>", "<p>ab</p>"},
      {"a handler", "<p onclick=\"x()\">a</p>", "<p>a</p>"},
      {"a script as an address", "<a href=\" java\tscript:alert(1)\">a</a>", "a"},
      {"a relative link", "<a href=\"../x\">a</a>", "<a href=\"https://blog.example/x\" rel=\"nofollow noopener ugc\">a</a>"},
      {"what counts readers", "<a href=\"/x?utm_source=rss&amp;id=1\">a</a>",
       "<a href=\"https://blog.example/x?id=1\" rel=\"nofollow noopener ugc\">a</a>"},
      {"markup shown as text", "<code>&lt;b&gt; &amp;amp;</code>", "<code>&lt;b&gt; &amp;amp;</code>"},
      {"a tracking pixel", "<p>a<img src=\"https://t.example/p\" width=1 height=1></p>", "<p>a</p>"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    CHECK(sanitize(c.html, base).text() == c.expected);
  }
}
