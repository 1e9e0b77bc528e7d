#include "views/bidi.h"

#include <doctest/doctest.h>

using namespace voice::views;

TEST_CASE("the languages that are written from right to left are known by their tag") {
  CHECK(direction_of("ar") == "rtl");
  CHECK(direction_of("ur-PK") == "rtl");
  CHECK(direction_of("arn") == "");
  CHECK(direction_of("cy") == "");
  CHECK(direction_of("") == "");
}

TEST_CASE("only a name that would turn its line is isolated") {
  CHECK(isolated("Ann writes") == "Ann writes");
  CHECK(isolated("Sŵn y Môr") == "Sŵn y Môr");
  CHECK(isolated("") == "");
  CHECK(isolated("مدونة 7") == "\u2068مدونة 7\u2069");
  CHECK(isolated("A\u202Egpj") == "Agpj");
  CHECK(isolated("מ\u2069 7") == "\u2068מ 7\u2069");
  CHECK(isolated("A\uFEFF") == "A\uFEFF");
  CHECK(isolated("Blog of יעל") == "\u2068Blog of יעל\u2069");
}
