#include "store/search_marks.h"

#include <doctest/doctest.h>
#include <string>

#include "base/text.h"
#include "tests/store/scratch.h"

using namespace voice;
using namespace voice::store;

namespace {
// What the function gives, with [ and ] for the marks; "NULL" for nothing.
std::string asked(const char* function, const std::string& text, const std::string& terms, bool is_english = true) {
  Scratch scratch;
  auto reader = scratch.db.reader();
  auto rows = reader->query(std::string("SELECT ") + function + "(:text, :terms, :english)");
  rows.bind(":text", text).bind(":terms", terms).bind(":english", is_english);
  REQUIRE(rows.step());
  if (rows.is_null(0)) return "NULL";
  return replace_all(replace_all(rows.text(0), std::string(1, kMatchBegins), "["), std::string(1, kMatchEnds), "]");
}
std::string repeated(const std::string& word, int times) {
  std::string text;
  for (int n = 0; n < times; ++n) (text += text.empty() ? "" : " ") += word;
  return text;
}
}  // namespace

TEST_CASE("a text is marked where the index would find its words") {
  const struct {
    const char* name;
    const char* text;
    const char* terms;
    const char* expected;
  } cases[] = {
      {"a stem", "Councils, a council and counsel", "council", "[Councils], a [council] and counsel"},
      {"several", "open data and data", "data\nopen", "[open] [data] and [data]"},
      {"a phrase only where it stands", "open the data: open data", "open data", "open the data: [open data]"},
      {"phrases that overlap are one", "local open data portal", "local open\nopen data", "[local open data] portal"},
      {"a word with a sign in it", "data-driven", "data-driven", "[data-driven]"},
      {"accents", "Caf\xC3\xA9 and cafe", "cafe", "[Caf\xC3\xA9] and [cafe]"},
      {"nothing", "nothing here", "data", "nothing here"},
      {"no terms", "text", "", "text"},
      {"no text", "", "data", ""},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    CHECK(asked("voice_marks", c.text, c.terms) == c.expected);
  }
  CHECK(asked("voice_marks", "y cyngor a'r cynghorau", "cynghorau", false) == "y cyngor a'r [cynghorau]");
  CHECK(asked("voice_marks", "councils", "council", false) == "councils");
}

TEST_CASE("a snippet holds most of the terms and says where it was cut") {
  CHECK(asked("voice_snippet", "short and data", "data") == "short and [data]");
  CHECK(asked("voice_snippet", "nothing", "data") == "NULL");
  const auto far = repeated("x", 100) + " open " + repeated("y", 100) + " open data " + repeated("z", 100);
  const auto found = asked("voice_snippet", far, "open\ndata");
  CHECK(found.starts_with("\xE2\x80\xA6y "));
  CHECK(found.find("[open] [data] z") != std::string::npos);
  CHECK(found.ends_with("z\xE2\x80\xA6"));
  CHECK(split(found, ' ').size() == 48);
  // An end that is cut off leaves no mark open.
  const auto cut = asked("voice_snippet", "one two " + repeated("x", 45) + " open data", "one\ntwo\nopen data");
  CHECK(cut.starts_with("[one] [two] x"));
  CHECK(cut.ends_with("x open\xE2\x80\xA6"));
  CHECK(cut.find("[open") == std::string::npos);
}
