#include "feeds/charset.h"

#include <doctest/doctest.h>

#include "base/text.h"

using namespace voice;
using namespace voice::feeds;

TEST_CASE("bytes become text in the order of RFC 7303, and labels mean what browsers take them for") {
  using namespace std::string_literals;
  const struct {
    std::string name, content_type, bytes, encoding, contains;
  } cases[] = {
      {"byte order mark wins", "text/xml; charset=iso-8859-1",
       "\xEF\xBB\xBF<?xml version='1.0' encoding='iso-8859-2'?><a>\xC5\xBC</a>", "utf-8", "ż"},
      {"header wins over declaration", "application/xml; charset=koi8-r",
       "<?xml version='1.0' encoding='utf-8'?><a>\xC1\xC2</a>", "koi8-r", "аб"},
      {"declaration", "", "<?xml version='1.0' encoding='windows-1251'?><a>\xE0\xE1</a>", "windows-1251", "аб"},
      {"nothing said is UTF-8", "application/rss+xml", "<a>\xC3\xA9</a>", "utf-8", "é"},
      {"latin1 is windows-1252", "", "<?xml version='1.0' encoding='iso-8859-1'?><a>don\x92t</a>", "windows-1252",
       "don’t"},
      {"windows-1252 declared as UTF-8", "", "<?xml version='1.0' encoding='utf-8'?><a>don\x92t</a>", "windows-1252",
       "don’t"},
      {"windows-1252 controls copied into UTF-8", "", "<a>don\xC2\x92t</a>", "utf-8", "don’t"},
      {"a header that contradicts the bytes", "text/xml; charset=iso-8859-1", "<a>\xC3\xA9t\xC3\xA9</a>", "utf-8",
       "été"},
      {"a label nobody knows", "", "<?xml version='1.0' encoding='no-such'?><a>\xC3\xA9</a>", "utf-8", "é"},
      {"UTF-16 with a mark", "", "\xFF\xFE<\0a\0>\0\xE9\0"s, "utf-16le", "<a>é"},
      {"UTF-16 without a mark", "", "\0<\0a\0>\0\xE9"s, "utf-16be", "<a>é"},
      {"UTF-32", "", "\0\0\xFE\xFF\0\0\0<\0\0\0a\0\0\0>"s, "utf-32be", "<a>"},
      {"narrow text labelled UTF-16", "", "<?xml version='1.0' encoding='utf-16'?><a>\xC3\xA9</a>", "utf-8", "é"},
      {"quoted charset parameter", "text/xml; charset=\"Shift_JIS\"", "<a>\x83\x65\x83\x58\x83\x67</a>", "shift_jis",
       "テスト"},
      {"Japanese without a label", "", "<a>\xA5\xC6\xA5\xB9\xA5\xC8\xA4\xC7\xA4\xB9</a>", "euc-jp", "テストです"},
      {"Russian without a label", "", "<a>\xEF\xF0\xE8\xE2\xE5\xF2 \xEC\xE8\xF0</a>", "windows-1251", "привет мир"},
      {"strays in UTF-8 keep the rest", "", "<a>\xC3\xA9\xC3\xA8\xC3\xAA \x92 \xC3\xA9\xC3\xA8</a>", "utf-8",
       "éèê ’ éè"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    const auto decoded = to_utf8(c.bytes, c.content_type);
    CHECK(decoded.encoding == c.encoding);
    CHECK_MESSAGE(decoded.text.find(c.contains) != std::string::npos, decoded.text);
    CHECK(is_valid_utf8(decoded.text));
  }
}

TEST_CASE("every label of the WHATWG encoding list is known") {
  for (const std::string label : {"unicode-1-1-utf-8",
                                  "866",
                                  "l2",
                                  "csisolatin3",
                                  "latin4",
                                  "cyrillic",
                                  "arabic",
                                  "sun_eu_greek",
                                  "visual",
                                  "logical",
                                  "l6",
                                  "iso-8859-13",
                                  "iso885914",
                                  "l9",
                                  "iso-8859-16",
                                  "koi8",
                                  "koi8-u",
                                  "macintosh",
                                  "tis-620",
                                  "x-cp1250",
                                  "cp1251",
                                  "ascii",
                                  "cp1253",
                                  "l5",
                                  "cp1255",
                                  "cp1256",
                                  "cp1257",
                                  "x-cp1258",
                                  "x-mac-ukrainian",
                                  "gb2312",
                                  "gb18030",
                                  "big5-hkscs",
                                  "x-euc-jp",
                                  "csiso2022jp",
                                  "ms_kanji",
                                  "ks_c_5601-1987",
                                  "utf-16be",
                                  "utf-16"}) {
    CAPTURE(label);
    CHECK_FALSE(encoding_for_label(label).empty());
    const auto text = to_utf8("<a>x</a>", "text/xml; charset=" + label).text;
    CHECK(text.find('x') != std::string::npos);
  }
  CHECK(encoding_for_label(" Latin1 ") == "windows-1252");
  CHECK(encoding_for_label("no-such").empty());
}
