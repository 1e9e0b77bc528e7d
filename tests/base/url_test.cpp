#include "base/url.h"

#include <doctest/doctest.h>

using namespace voice;

TEST_CASE("addresses are read as browsers read them and written as RFC 3986 wants") {
  const struct {
    const char* raw;
    const char* expected;
  } cases[] = {
      {"HTTP://Example.ORG:80/a/../b c?x=1 2#f", "http://example.org/b%20c?x=1%202#f"},
      {"https://user:pw@example.org:8443", "https://user:pw@example.org:8443/"},
      {"https:\\\\example.org\\a\\b", "https://example.org/a/b"},
      {" https://exa\nmple.org/ ", "https://example.org/"},
      {"http://[2001:DB8::1]:81/", "http://[2001:db8::1]:81/"},
      {"mailto:a@b.example", "mailto:a@b.example"},
      {"https://example.org/%2E%2E/x", "https://example.org/x"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.raw);
    const auto url = parse_url(c.raw);
    REQUIRE(url);
    CHECK(url->text() == c.expected);
    CHECK(parse_url(url->text())->text() == c.expected);
  }
}

TEST_CASE("what has no host or a broken port is no web address") {
  for (const char* raw :
       {"", "example.org", "/a", "http://", "http:foo", "https://a:99999/", "https://a:x/", "http://a b/",
        "https://a%3a80/", "https://%3aa/", "http://[::1]a/", "http://[::1]]/", "http://a\x7F/"})
    CHECK_FALSE_MESSAGE(parse_url(raw), raw);
}

TEST_CASE("references are resolved by RFC 3986, section 5.4") {
  const auto base = *parse_url("http://a/b/c/d;p?q");
  const struct {
    const char* reference;
    const char* expected;
  } cases[] = {{"g", "http://a/b/c/g"},      {"./g", "http://a/b/c/g"},
               {"g/", "http://a/b/c/g/"},    {"/g", "http://a/g"},
               {"//g", "http://g/"},         {"?y", "http://a/b/c/d;p?y"},
               {"g?y", "http://a/b/c/g?y"},  {"#s", "http://a/b/c/d;p?q#s"},
               {"g#s", "http://a/b/c/g#s"},  {"", "http://a/b/c/d;p?q"},
               {".", "http://a/b/c/"},       {"..", "http://a/b/"},
               {"../g", "http://a/b/g"},     {"../../../g", "http://a/g"},
               {"http:g", "http://a/b/c/g"}, {"tag:x,2020:1", "tag:x,2020:1"}};
  for (const auto& c : cases) {
    CAPTURE(c.reference);
    const auto url = resolve_url(base, c.reference);
    REQUIRE(url);
    CHECK(url->text() == c.expected);
  }
}

TEST_CASE("the same page by two addresses has one key") {
  CHECK(url_key("https://www.a.uk/x/?utm_source=y&b=2&a=1#z") == "a.uk/x?a=1&b=2");
  CHECK(url_key("http://a.uk/x?a=1&b=2") == "a.uk/x?a=1&b=2");
  CHECK(url_key("http://a.uk/index.html") == "a.uk");
  CHECK(url_key("https://a.uk/") == "a.uk");
}

TEST_CASE("hosts of one owner share a registrable domain") {
  CHECK(registrable_domain("blog.hackney.gov.uk") == "hackney.gov.uk");
  CHECK(registrable_domain("one.wordpress.com") == "wordpress.com");
  CHECK(registrable_domain("example.org") == "example.org");
  CHECK(registrable_domain("127.0.0.1") == "127.0.0.1");
}
