#include <algorithm>
#include <array>
#include <doctest/doctest.h>
#include <string>

#include "base/tokens.h"
#include "content/html_parser.h"
#include "content/tree_text.h"
#include "gumbo_oracle.h"

using namespace voice::content::html;

namespace {
std::string tree_of(std::string_view source) { return dump(parse_fragment(source).root()); }
}  // namespace

TEST_CASE("a fragment is read as a browser reads it") {
  const struct {
    const char* name;
    const char* html;
    const char* expected;
  } cases[] = {
      {"an open paragraph ends at the next", "<p>a<p>b", "<p>\n  \"a\"\n<p>\n  \"b\"\n"},
      {"overlapping formats", "<b>1<i>2</b>3</i>", "<b>\n  \"1\"\n  <i>\n    \"2\"\n<i>\n  \"3\"\n"},
      {"a format around blocks", "<b>1<p>2</b>3", "<b>\n  \"1\"\n<p>\n  <b>\n    \"2\"\n  \"3\"\n"},
      {"text in a table stands before it", "<table>x<tr><td>y",
       "\"x\"\n<table>\n  <tbody>\n    <tr>\n      <td>\n        \"y\"\n"},
      {"items of one list", "<table><li>a<li>b</table>", "<li>\n  \"a\"\n<li>\n  \"b\"\n<table>\n"},
      {"HTML breaks out of drawings", "<svg><p>x", "<svg svg>\n<p>\n  \"x\"\n"},
      {"and stays inside where it may", "<svg><desc><p>x</p></desc>y",
       "<svg svg>\n  <svg desc>\n    <p>\n      \"x\"\n  \"y\"\n"},
      {"text of MathML is HTML", "<math><mi><b>x</b></mi>y",
       "<math math>\n  <math mi>\n    <b>\n      \"x\"\n  \"y\"\n"},
      {"CDATA is text in drawings only", "<![CDATA[x]]><svg><![CDATA[<y>]]>", "<svg svg>\n  \"<y>\"\n"},
      {"a script inside a comment inside a script", "<script><!--<script></script>--></script>x",
       "<script>\n  \"<!--<script></script>-->\"\n\"x\"\n"},
      {"comments end as browsers end them", "<!-->a<!--->b<!--x--!>c<!-- -- >d-->e", "\"abce\"\n"},
      {"a template is not shown", "a<template><b><template></template>c</template>d", "\"ad\"\n"},
      {"a tag without an end is none", "a<b title=\"", "\"a\"\n"},
      {"less than is text", "1 < 2 <3 </ b", "\"1 < 2 <3 \"\n"},
      {"references need no semicolon where HTML says so", "&ampx &notit; &copy;<a title='&copy=1&lt;'>",
       "\"&x \xC2\xACit; \xC2\xA9\"\n<a>\n  title=\"&copy=1<\"\n"},
      {"the first of two attributes counts", "<p a=1 A=2>", "<p>\n  a=\"1\"\n"},
      {"a button does not hold one", "<button>a<button>b", "<button>\n  \"a\"\n<button>\n  \"b\"\n"},
      {"the first line break of <pre> is not its own", "<pre>\n\nx</pre>", "<pre>\n  \"\nx\"\n"},
      {"readings of a word", "<ruby>a<rt>b<rp>c</ruby>", "<ruby>\n  \"a\"\n  <rt>\n    \"b\"\n  <rp>\n    \"c\"\n"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    CHECK(tree_of(c.html) == c.expected);
  }
}

// Gumbo was written when the standard read <svg>, <select>, <template> and forms in fragments otherwise; they stay out.
TEST_CASE("soup of tags is read as another parser reads it") {
  static constexpr std::array kPieces = {"<p>",
                                         "</p>",
                                         "<div>",
                                         "</div>",
                                         "<b>",
                                         "</b>",
                                         "<i>",
                                         "</i>",
                                         "<a href=/x>",
                                         "</a>",
                                         "<a id=y>",
                                         "<code>",
                                         "</code>",
                                         "<font color=red>",
                                         "</font>",
                                         "<nobr>",
                                         "</nobr>",
                                         "<ul>",
                                         "</ul>",
                                         "<ol>",
                                         "<li>",
                                         "</li>",
                                         "<dl>",
                                         "<dt>",
                                         "<dd>",
                                         "</dl>",
                                         "<table>",
                                         "</table>",
                                         "<tr>",
                                         "</tr>",
                                         "<td>",
                                         "</td>",
                                         "<th>",
                                         "<tbody>",
                                         "</tbody>",
                                         "<thead>",
                                         "<caption>",
                                         "</caption>",
                                         "<colgroup>",
                                         "<col>",
                                         "<h1>",
                                         "</h1>",
                                         "<h2>",
                                         "<blockquote>",
                                         "</blockquote>",
                                         "<span>",
                                         "</span>",
                                         "<br>",
                                         "</br>",
                                         "<hr>",
                                         "<img src=x>",
                                         "<pre>",
                                         "</pre>",
                                         "<address>",
                                         "</address>",
                                         "<button>",
                                         "</button>",
                                         "<object>",
                                         "</object>",
                                         "<marquee>",
                                         "<style>",
                                         "</style>",
                                         "<textarea>",
                                         "</textarea>",
                                         "<title>",
                                         "</title>",
                                         "<!-- c -->",
                                         "<!",
                                         "</",
                                         "<",
                                         "&amp;",
                                         "&lt",
                                         " ",
                                         "x",
                                         "y z",
                                         "<b id=1>",
                                         "<s>",
                                         "</s>",
                                         "<ruby>",
                                         "<rt>",
                                         "</ruby>",
                                         "<article>",
                                         "</article>",
                                         "<center>",
                                         "</center>",
                                         "<em title='a>b'>",
                                         "</em>",
                                         "<x-y>",
                                         "<param>",
                                         "<wbr>",
                                         "<noscript>",
                                         "</noscript>",
                                         "<xmp>",
                                         "</xmp>"};
  voice::SeededTokens dice(20261128);
  for (int round = 0; round < 3000; ++round) {
    std::string soup;
    for (auto pieces = 2 + dice.choose(22); pieces > 0; --pieces)
      soup += kPieces[dice.choose(static_cast<std::uint32_t>(kPieces.size()))];
    CAPTURE(soup);
    REQUIRE(tree_of(soup) == dump_by_gumbo(soup));
  }
}

TEST_CASE("after a quarter of a million nodes only words are kept") {
  const auto paragraphs = [](int n) {
    std::string source;
    for (int i = 0; i < n; ++i) source += "<p>x";
    return source + "<b>the end</b>";
  };
  const auto enough = paragraphs(124'000);
  const auto whole = parse_fragment(enough);
  CHECK(whole.root().last->tag == Tag::p);
  CHECK(whole.node_count() > 248'000);

  const auto too_many = paragraphs(126'000);
  const auto cut = parse_fragment(too_many);
  CHECK(cut.node_count() < 250'100);
  REQUIRE(cut.root().last->is_text());
  CHECK(cut.root().last->text().ends_with("x\nxthe end"));
  const auto words = text_of(cut.root());
  CHECK(std::count(words.begin(), words.end(), 'x') == 126'000);
}

TEST_CASE("depth and copies are bounded, whatever is asked for") {
  const auto times = [](int n, const std::string& text) {
    std::string out;
    for (int i = 0; i < n; ++i) out += text;
    return out;
  };
  for (const auto& source :
       {times(20000, "<div>"), times(5000, "<b>") + times(5000, "<p></b>"), times(20000, "<table><tr><td>"),
        times(30, "<b id=1><i id=2>") + times(20000, "<p>x"), times(20000, "<svg><desc>")}) {
    const auto tree = parse_fragment(source);
    std::size_t nodes = 0, deepest = 0, depth = 0;
    for (const Node* node = tree.root().first; node;) {
      ++nodes;
      deepest = std::max(deepest, depth);
      if (node->first) {
        node = node->first;
        ++depth;
        continue;
      }
      while (node && !node->next && node->parent != &tree.root()) {
        node = node->parent;
        --depth;
      }
      node = node ? node->next : nullptr;
    }
    CHECK(deepest < 270);
    CHECK(nodes < source.size());
  }
}
