#include "content/page_claims.h"

#include <doctest/doctest.h>

using namespace voice::content;

TEST_CASE("a page's claims are read from its elements and not from its comments or text") {
  const auto page =
      R"(<html><head><META NAME="Voice-Verify" content=" word "><!-- <meta name="voice-verify" content="no"> -->
    <link rel="ME nofollow" href="/about"></head><body><p>&lt;meta name="voice-verify" content="no"&gt;</p>
    <a rel="me" href="https://hub.example/my-blog#word">hub</a><a rel="some" href="/x">x</a></body></html>)";
  CHECK(meta_values(page, "voice-verify") == std::vector<std::string>{"word"});
  CHECK(rel_me_links(page, "https://blog.example/") ==
        std::vector<std::string>{"https://blog.example/about", "https://hub.example/my-blog#word"});
  CHECK(meta_values("", "voice-verify").empty());
}
