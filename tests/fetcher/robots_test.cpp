#include "fetcher/robots.h"

#include <doctest/doctest.h>
#include <string>

using voice::fetcher::robots_allow;

TEST_CASE("a site's robots.txt is read as RFC 9309 says") {
  const std::string file =
      "# a comment\n"
      "User-agent: *\r\n"
      "Disallow: /private\n"
      "Allow: /private/open\n"
      "Disallow: /*.pdf$\n"
      "Disallow: /caf%C3%A9\n"
      "\n"
      "User-agent: other\n"
      "User-Agent: picky  # two names, one group\n"
      "Disallow: /\n"
      "Allow: /feed\n"
      "User-agent: free\n"
      "Disallow:\n";
  const struct {
    const char* name;
    const char* agent;
    const char* target;
    bool allowed;
  } cases[] = {
      {"what no rule names", "voice", "/feed", true},
      {"a prefix", "voice", "/private/x", false},
      {"the longest rule wins", "voice", "/private/open/x", true},
      {"a pattern with an end", "voice", "/a/b.pdf", false},
      {"and what goes on after it", "voice", "/a/b.pdf?x", true},
      {"encoded or not", "voice", "/caf%c3%a9/x", false},
      {"a group of one's own, whatever * says", "Picky", "/private/open", false},
      {"and its exceptions", "picky", "/feed/", true},
      {"the first name of that group", "other", "/", false},
      {"an empty rule forbids nothing", "free", "/private", true},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    CHECK(robots_allow(file, c.agent, c.target) == c.allowed);
  }
  CHECK(robots_allow("", "voice", "/"));
  CHECK(robots_allow("<html>not found</html>", "voice", "/"));
  CHECK(
      robots_allow("User-agent: *\nDisallow: /" + std::string(1000, '*') + "x", "voice", "/" + std::string(2000, 'a')));
}
