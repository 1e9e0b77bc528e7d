#include "base/email.h"

#include <doctest/doctest.h>

namespace voice {

TEST_CASE("an ordinary address is taken, spaces around it aside, and known in lower case") {
  const auto address = parse_email("  Siân.Not");
  CHECK_FALSE(address);
  const auto plain = parse_email(" Jo.O'Neil+voice@Example.gov.UK\n");
  REQUIRE(plain);
  CHECK(plain->text == "Jo.O'Neil+voice@Example.gov.UK");
  CHECK(plain->key == "jo.o'neil+voice@example.gov.uk");
  CHECK(parse_email("root@localhost"));
}

TEST_CASE("what could smuggle a header, a recipient or a look-alike into a letter is no address") {
  const struct {
    const char* name;
    std::string text;
  } cases[] = {
      {"nothing", ""},
      {"no at", "example.org"},
      {"no host", "a@"},
      {"no local part", "@example.org"},
      {"two ats", "a@b@example.org"},
      {"a second header", "a@example.org\r\nBcc: b@example.org"},
      {"a line feed in the local part", "a\nb@example.org"},
      {"a list", "a@example.org,b@example.org"},
      {"a display name", "A <a@example.org>"},
      {"quoted local part", "\"a b\"@example.org"},
      {"right-to-left override", "a\xE2\x80\xAE@example.org"},
      {"letters that only look Latin", "\xD0\xB0@example.org"},
      {"a NUL", std::string("a\0b@example.org", 15)},
      {"double dots", "a..b@example.org"},
      {"host without a dot", "a@example"},
      {"a bracketed address", "a@[127.0.0.1]"},
      {"a bare IP address", "a@127.0.0.1"},
      {"a label that starts with a hyphen", "a@-example.org"},
      {"too long", std::string(250, 'a') + "@example.org"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    CHECK_FALSE(parse_email(c.text));
  }
}

}  // namespace voice
