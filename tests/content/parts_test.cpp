// Links, pictures and Markdown: what is made from sanitised HTML, and what is made into it.
#include <doctest/doctest.h>

#include "content/images.h"
#include "content/links.h"
#include "content/markdown.h"
#include "content/markup_text.h"
#include "content/sanitizer.h"
#include "content/scrolling_tables.h"

using namespace voice::content;

namespace {
SafeHtml safe(const char* html) { return sanitize(html, "https://blog.example/"); }
}  // namespace

#define REL " rel=\"nofollow noopener ugc\""

TEST_CASE("the links of a post come in the order they are read") {
  const auto links =
      links_of(safe("<p><a href=/b>One  <b>two</b></a> <a href=#x>here</a><a href='mailto:a@b.example'>m</a>"
                    "<i id=x>y</i> <a href='https://a.example/'><img src=/i.png></a>"));
  REQUIRE(links.size() == 2);
  CHECK(links[0].url == "https://blog.example/b");
  CHECK(links[0].text == "One two");
  CHECK(links[1].url == "https://a.example/");
  CHECK(links[1].text.empty());
}

TEST_CASE("a post without its pictures says where they are") {
  const struct {
    const char* name;
    const char* html;
    const char* expected;
  } cases[] = {
      {"described", "<p>a <img src=/i.png alt='A bin'></p>",
       "<p>a <a href=\"https://blog.example/i.png\"" REL ">Picture: A bin</a></p>"},
      {"not described", "<img src=/i.png>", "<a href=\"https://blog.example/i.png\"" REL ">Picture</a>"},
      {"in a link", "<a href=/x><img src=/i.png alt=A></a>", "<a href=\"https://blog.example/x\"" REL ">A</a>"},
      {"alone in a link, not described", "<a href=/x><img src=/i.png></a>b",
       "<a href=\"https://blog.example/x\"" REL ">Picture</a>b"},
      {"an emoji", "a <img class=emoji alt=x src=/e.png>", "a x"},
      {"in several formats", "<picture><source srcset=/a.webp><img src=/a.jpg alt=A></picture>",
       "<a href=\"https://blog.example/a.jpg\"" REL ">Picture: A</a>"},
      {"none", "<p>a</p>", "<p>a</p>"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    const auto without = without_images(safe(c.html));
    CHECK(without.text() == c.expected);
    CHECK(sanitize(without.text(), "").text() == without.text());
  }
  const auto images = images_of(safe("<img src=/a.png alt=A><p><img src=/b.png></p>"));
  REQUIRE(images.size() == 2);
  CHECK(images[0].url == "https://blog.example/a.png");
  CHECK(images[0].alt == "A");
}

TEST_CASE("a picture where nothing may be nested further is its description") {
  for (int depth = 100; depth < 140; ++depth) {
    CAPTURE(depth);
    std::string html;
    for (int i = 0; i < depth; ++i) html += "<blockquote>b";
    const auto without = without_images(sanitize(html + "<img src=/a.png alt=A>", "https://blog.example/"));
    CHECK(without.text().find("Picture: A") != std::string::npos);
    CHECK(sanitize(without.text(), "").text() == without.text());
  }
}

TEST_CASE("Markdown is rendered as guests write it, and made safe") {
  const struct {
    const char* name;
    const char* markdown;
    const char* expected;
  } cases[] = {
      {"emphasis", "*a* **b** ~~c~~", "<p><em>a</em> <strong>b</strong> <del>c</del></p>\n"},
      {"a table", "| a |\n|---|\n| b |\n",
       "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>b</td>\n</tr>\n</tbody>\n</table>\n"},
      {"an address", "https://x.example/", "<p><a href=\"https://x.example/\"" REL ">https://x.example/</a></p>\n"},
      {"a script", "a <script>alert(1)</script> [b](javascript:x)", "<p>a  b</p>\n"},
      {"headings start below the title", "# a\n", "<h2>a</h2>\n"},
      {"code", "```js\na<b\n```\n", "<pre><code class=\"language-js\">a&lt;b\n</code></pre>\n"},
      {"nothing", "", ""},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    CHECK(render_markdown(c.markdown).text() == c.expected);
  }
  const auto note = render_markdown("a[^1]\n\n[^1]: b\n").text();
  CHECK(note.find("href=\"#user-content-fn") != std::string::npos);
  CHECK(note.find("id=\"user-content-fn") != std::string::npos);
}

TEST_CASE("the words of markup need no tree") {
  CHECK(text_of_markup("<p>a &amp; b<br>c</p><script>x</script><!-- y -->d < e") == "\na & b\nc\nd < e");
  CHECK(text_of_markup("<a title='>'>x</a><style>y") == "x");
  CHECK(text_of_markup("a<") == "a<");
}

TEST_CASE("each outermost table of a page stands in a region that can be reached by keyboard") {
  const auto page = [](const char* html) { return with_scrolling_tables(sanitize(html, "https://a.example/")).text(); };
  CHECK(page("<p title='&lt;table'>a &lt;table></p>").find("<div") == std::string::npos);
  const auto two = page("<p>a</p><table><tr><td>b<table><tr><td>c</table></table><p>d</p><table><tr><td>e</table>f");
  CHECK(two.find("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Table 1\"><table>") !=
        std::string::npos);
  CHECK(two.find("aria-label=\"Table 2\"><table>") != std::string::npos);
  CHECK(two.find("aria-label=\"Table 3\"") == std::string::npos);
  CHECK(two.find("</table></div><p>d</p>") != std::string::npos);
  CHECK(two.ends_with("</table></div>f"));
}
