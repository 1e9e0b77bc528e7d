#include "base/text.h"

#include <doctest/doctest.h>

using namespace voice;

TEST_CASE("an address name keeps the letters of Welsh and Gaelic without their marks") {
  CHECK(slug_of("Sŵn y Môr") == "swn-y-mor");
  CHECK(slug_of("Phil's blog: 10 years!") == "phils-blog-10-years");
  CHECK(slug_of("日本") == "");
  CHECK(slug_of("one two three", 8) == "one-two");
}

TEST_CASE("broken UTF-8 is repaired byte by byte and valid UTF-8 is left alone") {
  CHECK(repair_utf8("caf\xE9!") == "caf\xEF\xBF\xBD!");
  CHECK(repair_utf8("caf\xC3\xA9") == "caf\xC3\xA9");
  CHECK_FALSE(is_valid_utf8("\xED\xA0\x80"));  // a surrogate
  CHECK_FALSE(is_valid_utf8("\xC0\x80"));      // an overlong NUL
  CHECK(is_valid_utf8("\xF0\x9F\x98\x80"));
}

TEST_CASE("space is collapsed and trimmed in one pass") {
  CHECK(collapse_space("  a \n\t b ") == "a b");
  CHECK(collapse_space(" \n ") == "");
}

TEST_CASE("an empty part between separators is a part") { CHECK(split("a,,b", ',').size() == 3); }
