#include "content/attributes.h"

#include <doctest/doctest.h>
#include <string>

#include "base/tokens.h"
#include "base/url.h"

using namespace voice;
using namespace voice::content;

// Most addresses take a short way through the sanitiser; the long one, which takes them apart, must agree with it.
TEST_CASE("the short way and the long way with an address end the same") {
  static constexpr const char* kParts[] = {"http://",
                                           "https://",
                                           "a.example",
                                           "A.example",
                                           ":80",
                                           ":8080",
                                           "/",
                                           "//",
                                           ".",
                                           "..",
                                           "/.",
                                           "%2e",
                                           "%41",
                                           "?",
                                           "#",
                                           "&",
                                           "=",
                                           "x",
                                           "utm_source=y",
                                           "fbclid=1",
                                           "'",
                                           "\"",
                                           "<",
                                           " ",
                                           "\t",
                                           "\\",
                                           "@",
                                           "[",
                                           "]",
                                           "|",
                                           "^",
                                           "{",
                                           "(",
                                           ")",
                                           ",",
                                           ";",
                                           "~",
                                           "\xC3\xA9",
                                           "/a/b",
                                           "?q=1",
                                           "#f",
                                           "ref_src=z",
                                           "`",
                                           "%",
                                           "-",
                                           "_",
                                           "!"};
  const Addresses with_base("https://blog.example/2026/post?x#y"), without_base("");
  SeededTokens dice(7);
  int settled = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string address;
    if (dice.choose(2) == 0) address = "https://a.example/";
    if (dice.choose(3) == 0) address = "/";
    for (auto n = dice.choose(7); n > 0; --n) address += kParts[dice.choose(std::size(kParts))];
    CAPTURE(address);
    if (Addresses::is_settled(address)) {
      ++settled;
      const auto url = parse_url(address);
      REQUIRE(url);
      CHECK(url->text() == address);
      CHECK(without_base.link(address) == address);
      CHECK(with_base.link(address) == address);
      CHECK(with_base.resource(address) == address);
    }
    if (const auto link = with_base.link(address); link && link->starts_with("http")) {
      CHECK(with_base.link(*link) == link);
      CHECK(without_base.link(*link) == link);
      const auto resolved = resolve_url(*parse_url("https://blog.example/2026/post?x#y"), address);
      REQUIRE(resolved);
      if (!resolved->query && resolved->userinfo.empty()) CHECK(resolved->text() == *link);
    }
    if (const auto picture = with_base.resource(address)) CHECK(without_base.resource(*picture) == picture);
    if (const auto set = with_base.image_set(address); !set.empty()) CHECK(without_base.image_set(set) == set);
  }
  CHECK(settled > 500);
}

TEST_CASE("what is no language or number is none") {
  for (const char* tag : {"en", "cy-GB", "zh-Hant", "x-klingon", "de-1996"}) CHECK(is_language_tag(tag));
  for (const char* tag : {"", "e n", "-en", "en-", "en_GB", "123", "toolongtag1"}) CHECK_FALSE(is_language_tag(tag));
  CHECK(number_from(" 12px", 1, 100) == 12);
  CHECK(number_from("-3", -5, 5) == -3);
  CHECK_FALSE(number_from("101", 1, 100));
  CHECK_FALSE(number_from("999999999999", 1, 100));
  CHECK_FALSE(number_from("x", 1, 100));
}
