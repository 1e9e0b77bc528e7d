#include "server/framing.h"

#include <doctest/doctest.h>
#include <string>

namespace voice::server {
namespace {

TEST_CASE("a request's head is read once its empty line is there") {
  const std::string whole = "POST /join?x=1 HTTP/1.1\r\nHost: hub.example\r\ncontent-length: 5\r\n\r\nhello";
  for (std::size_t length = 0; length < whole.size() - 5; ++length) {
    CAPTURE(length);
    CHECK(read_head(whole.substr(0, length)).state == Framed::incomplete);
  }
  const auto framing = read_head(whole);
  REQUIRE(framing.state == Framed::complete);
  CHECK(framing.head.method == "POST");
  CHECK(framing.head.target == "/join?x=1");
  CHECK(framing.head.path() == "/join");
  CHECK(framing.head.header("HOST") == "hub.example");
  CHECK(framing.head_bytes + framing.body_bytes == whole.size());
  CHECK(framing.keep_alive);
}

TEST_CASE("what two readers could take differently is refused") {
  const struct {
    const char* name;
    std::string bytes;
    int status;
  } cases[] = {
      {"two lengths", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", 400},
      {"the same length twice", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n", 400},
      {"a signed length", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: +5\r\n\r\n", 400},
      {"a length that is no number", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5, 5\r\n\r\n", 400},
      {"a length too long for a number",
       "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999999999999999\r\n\r\n", 400},
      {"chunks beside a length",
       "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
      {"a length beside chunks",
       "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n", 400},
      {"a length beside an unknown coding",
       "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\nContent-Length: 5\r\n\r\n", 400},
      {"chunks twice", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
       400},
      {"chunks in a version that has none", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
      {"another coding", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\n", 501},
      {"another coding below the chunks", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
       501},
      {"a coding that is almost chunked", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: xchunked\r\n\r\n", 501},
      {"an empty coding", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding:\r\n\r\n", 501},
      {"a space before the colon", "GET / HTTP/1.1\r\nHost: h\r\nContent-Length : 5\r\n\r\n", 400},
      {"a folded header", "GET / HTTP/1.1\r\nHost: h\r\nA: b\r\n c\r\n\r\n", 400},
      {"a bare line feed in a value", "GET / HTTP/1.1\r\nHost: h\r\nA: b\nC: d\r\n\r\n", 400},
      {"no target", "GET HTTP/1.1\r\n\r\n", 400},
      {"a target of another protocol", "GET ftp://other.example/ HTTP/1.1\r\nHost: h\r\n\r\n", 400},
      {"a target without a path", "GET http://other.example?x HTTP/1.1\r\nHost: h\r\n\r\n", 400},
      {"no host", "GET / HTTP/1.1\r\n\r\n", 400},
      {"two hosts", "GET / HTTP/1.1\r\nHost: h\r\nHost: i\r\n\r\n", 400},
      {"an unknown method", "BREW / HTTP/1.1\r\nHost: h\r\n\r\n", 501},
      {"a target too long", "GET /" + std::string(kLongestHeadLine, 'x') + " HTTP/1.1\r\nHost: h\r\n\r\n", 414},
      {"a header too long", "GET / HTTP/1.1\r\nHost: h\r\nA: " + std::string(kLongestHeadLine, 'x') + "\r\n\r\n", 431},
      {"no version", "GET /\r\n\r\n", 400},
      {"a later version", "GET / HTTP/2.0\r\n\r\n", 505},
      {"a TLS greeting", std::string("\x16\x03\x01\x02\x00\x01\r\n\r\n", 10), 400},
      {"a head without end", "GET / HTTP/1.1\r\nHost: h\r\nA: " + std::string(kLongestHead, 'x'), 431},
      {"a head too long", "GET / HTTP/1.1\r\nHost: h\r\nA: " + std::string(kLongestHead, 'x') + "\r\n\r\n", 431},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    const auto framing = read_head(c.bytes);
    CHECK(framing.state == Framed::refused);
    CHECK(framing.status == c.status);
  }
}

TEST_CASE("a connection is kept as its version and its wish say") {
  CHECK(read_head("GET / HTTP/1.1\r\nHost: h\r\n\r\n").keep_alive);
  CHECK_FALSE(read_head("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").keep_alive);
  CHECK_FALSE(read_head("GET / HTTP/1.0\r\n\r\n").keep_alive);
  CHECK(read_head("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n").keep_alive);
}

}  // namespace
}  // namespace voice::server
