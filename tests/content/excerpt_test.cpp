#include "content/excerpt.h"

#include <doctest/doctest.h>
#include <string>

#include "base/text.h"
#include "content/sanitizer.h"

using namespace voice::content;

namespace {
std::string text(const char* html) { return plain_text(sanitize(html, "https://blog.example/")); }
}  // namespace

TEST_CASE("plain text is what a reader sees") {
  const struct {
    const char* name;
    const char* html;
    const char* expected;
  } cases[] = {
      {"paragraphs", "<p>One  two\n three</p><p>Four</p>", "One two three\n\nFour"},
      {"lines", "one<br>two<div>three</div>", "one\ntwo\nthree"},
      {"references", "<p>Fish &amp; chips &lt;3 &#8217;</p>", "Fish & chips <3 \xE2\x80\x99"},
      {"lists and tables", "<ul><li>a</li><li>b</li></ul><table><tr><td>c</td><td>d</td></tr></table>", "a\nb\n\nc\td"},
      {"code keeps its lines", "<pre>a\n  b</pre>", "a\n  b"},
      {"an emoji that is a picture", "<p>Hi <img class=emoji alt=\"\xF0\x9F\x99\x82\" src=/e.png></p>",
       "Hi \xF0\x9F\x99\x82"},
      {"the reading of a word is not said twice", "<ruby>\xE6\xBC\xA2<rt>kan</rt></ruby>", "\xE6\xBC\xA2"},
      {"nothing", "<p></p>", ""},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    CHECK(text(c.html) == c.expected);
  }
}

TEST_CASE("an excerpt ends with a sentence where it can, else with a word") {
  const struct {
    const char* name;
    const char* text;
    std::size_t words;
    const char* expected;
  } cases[] = {
      {"short enough", "One two three.", 5, "One two three."},
      {"a sentence in the second half", "One two three. Four five six seven.", 5, "One two three."},
      {"none there", "One. Two three four five six seven.", 5, "One. Two three four five\xE2\x80\xA6"},
      {"an abbreviation is no end", "One two with Dr. Jones and others went.", 5, "One two with Dr. Jones\xE2\x80\xA6"},
      {"a number is no end", "We saved 3.5 million pounds this year alone", 4, "We saved 3.5 million\xE2\x80\xA6"},
      {"a comma does not stay", "One two, three four", 2, "One two\xE2\x80\xA6"},
      {"quotes stay with their sentence", "She said \"we did it.\" Then more words came", 6, "She said \"we did it.\""},
      {"a heading ends like a sentence", "A heading of four\n\nThen a long text begins here", 6, "A heading of four"},
      {"one line", "a\n b\nc", 9, "a \xC2\xB7 b \xC2\xB7 c"},
      {"cells",
       "Spend\t\xC2\xA3"
       "40\nSaved\t5",
       9,
       "Spend \xC2\xB7 \xC2\xA3"
       "40 \xC2\xB7 Saved \xC2\xB7 5"},
      {"a line that ends in a mark reads on", "We met:\nAnn, our lead.\nBob", 9, "We met: Ann, our lead. Bob"},
      {"nothing", "  ", 5, ""},
      {"Chinese",
       "\xE4\xBB\x8A\xE5\xA4\xA9\xE5\xA4\xA9\xE6\xB0\x94\xE5\xBE\x88\xE5\xA5\xBD\xE3\x80\x82\xE6\x88\x91\xE4\xBB\xAC"
       "\xE5\x8E\xBB\xE5\x85\xAC\xE5\x9B\xAD\xE3\x80\x82",
       4, "\xE4\xBB\x8A\xE5\xA4\xA9\xE5\xA4\xA9\xE6\xB0\x94\xE5\xBE\x88\xE5\xA5\xBD\xE3\x80\x82"},
      {"Arabic",
       "\xD9\x87\xD8\xB0\xD9\x87 \xD8\xAA\xD8\xAF\xD9\x88\xD9\x8A\xD9\x86\xD8\xA9 "
       "\xD9\x82\xD8\xB5\xD9\x8A\xD8\xB1\xD8\xA9",
       2, "\xD9\x87\xD8\xB0\xD9\x87 \xD8\xAA\xD8\xAF\xD9\x88\xD9\x8A\xD9\x86\xD8\xA9\xE2\x80\xA6"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    CHECK(excerpt(c.text, c.words) == c.expected);
  }
}

TEST_CASE("how long a post goes on changes nothing of its excerpt") {
  // Only a beginning is read: whatever it is cut between must not show.
  const std::string rest = " And it goes on in plain words for a good while yet, about bins and about benefits.";
  for (std::size_t first = 880; first < 980; ++first) {
    CAPTURE(first);
    // Fifty words, the last of them as long as it takes, and a sentence that ends in a quote of three bytes.
    std::string words;
    for (int i = 1; i < 50; ++i) words += "council ";
    words += std::string(first - words.size(), 'x') + "e\xCC\x81.\xE2\x80\x9D";
    std::string book = words;
    for (int i = 0; i < 500; ++i) book += rest;
    CHECK(excerpt(book) == words);
  }
  // Words that are longer than any beginning.
  const std::string endless(100'000, 'z');
  CHECK(excerpt(endless + " and more") == endless + " and more");
}

TEST_CASE("a post is told of by the sentences of its paragraphs") {
  const struct {
    const char* name;
    const char* html;
    const char* expected;
  } cases[] = {
      {"headings, captions and cells stay out",
       "<h2>What we did</h2><p>We moved the council's oldest form to the web.</p><figure><img src=/a.png alt=a>"
       "<figcaption>The old form</figcaption></figure><table><tr><td>cost</td><td>40</td></tr></table>"
       "<h3>And then</h3><p>Nobody rang to complain about it.</p>",
       "We moved the council's oldest form to the web. Nobody rang to complain about it."},
      {"what a colon announced is left out with an ellipsis",
       "<p>This week I spoke with three teams about their forms:</p><ul><li>Parks</li></ul><p>Next week I rest.</p>",
       "This week I spoke with three teams about their forms\xE2\x80\xA6 Next week I rest."},
      {"a broken line reads on", "<p>We moved the oldest form of<br>the council to the web, and nobody rang.</p>",
       "We moved the oldest form of the council to the web, and nobody rang."},
      {"text without paragraphs",
       "<div>We moved the oldest form of the council to the web.</div><div>And nobody rang us.</div>",
       "We moved the oldest form of the council to the web. And nobody rang us."},
      {"hardly a paragraph: all of it is told, kept apart",
       "<h2>Weeknote 12</h2><p>Done:</p><ul><li>Met Ann</li><li>Wrote it up</li></ul>",
       "Weeknote 12 \xC2\xB7 Done: Met Ann \xC2\xB7 Wrote it up"},
      {"nothing", "", ""},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    CHECK(summarise(sanitize(c.html, "https://blog.example/")).excerpt == c.expected);
  }
  CHECK(summarise(sanitize("<h2>One two</h2><p>three</p>", "https://blog.example/")).words == 3);
}

TEST_CASE("what a reader sees as one character is never cut") {
  const std::string family =
      "\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7";  // man, woman, girl
  const std::string flag = "\xF0\x9F\x87\xAC\xF0\x9F\x87\xA7";
  const std::string accent = "e\xCC\x81";
  for (const auto& character : {family, flag, accent}) {
    std::string many;
    for (int i = 0; i < 40; ++i) many += character;
    for (std::size_t longest = 1; longest < 60; ++longest) {
      auto title = first_words(many, longest);
      CHECK(voice::is_valid_utf8(title));
      CHECK(voice::count_code_points(title) <= longest);
      REQUIRE(title.ends_with("\xE2\x80\xA6"));
      title.resize(title.size() - 3);
      CHECK(title.size() % character.size() == 0);
    }
  }
}

TEST_CASE("a title is made of the first words") {
  CHECK(first_words("Weeknotes, again.\n\nThis week we did things", 80) == "Weeknotes, again.");
  CHECK(first_words("This week we did a great many things", 20) == "This week we did a\xE2\x80\xA6");
  CHECK(first_words("", 20).empty());
}

TEST_CASE("words are counted in any script") {
  CHECK(count_words("one two  three - four\n") == 4);
  CHECK(count_words("") == 0);
  CHECK(count_words("\xE4\xBB\x8A\xE5\xA4\xA9\xE5\xA4\xA9\xE6\xB0\x94") == 2);
}
