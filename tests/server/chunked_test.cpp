#include "server/chunked.h"

#include <doctest/doctest.h>
#include <string>

namespace voice::server {
namespace {

constexpr std::size_t kLimit = 1000;

struct Reading {
  std::string in = "HEAD";
  ChunkedBody body{4, kLimit};
  Framed add(std::string_view bytes) {
    in += bytes;
    return body.read(in);
  }
};

TEST_CASE("chunks are put together behind the head, and what follows them is left") {
  Reading one;
  CHECK(one.add("5\r\nhello\r\n7;name=\"value\"\r\n, world\r\n0\r\nTrailer: x\r\n\r\nGET /") == Framed::complete);
  CHECK(one.in == "HEADhello, worldGET /");
  CHECK(one.body.body_bytes() == 12);
}

TEST_CASE("wherever the network cuts chunks, the body is the same") {
  const std::string whole = "A\r\n0123456789\r\n00b ; x\r\nab\r\n\r\ncdefg\r\n0;last\r\nT: 1\r\nU: 2\r\n\r\n";
  for (std::size_t step = 1; step <= whole.size(); ++step) {
    CAPTURE(step);
    Reading reading;
    Framed state = Framed::incomplete;
    for (std::size_t at = 0; at < whole.size(); at += step) {
      REQUIRE(state == Framed::incomplete);
      state = reading.add(whole.substr(at, step));
    }
    CHECK(state == Framed::complete);
    CHECK(reading.in == "HEAD0123456789ab\r\n\r\ncdefg");
  }
}

TEST_CASE("chunks that two readers could take differently, or that cost more than they carry, are refused") {
  const struct {
    const char* name;
    std::string bytes;
    int status;
  } cases[] = {
      {"no size", "\r\n", 400},
      {"no number", "hello\r\n", 400},
      {"a prefix", "0x5\r\nhello\r\n", 400},
      {"a sign", "+5\r\nhello\r\n", 400},
      {"a minus", "-5\r\nhello\r\n", 400},
      {"a space and nothing", "5 \r\nhello\r\n", 400},
      {"a space before the number", " 5\r\nhello\r\n", 400},
      {"two numbers", "5 5\r\nhello\r\n", 400},
      {"a bare line feed", "5\nhello\r\n", 400},
      {"a line feed in an extension", "5;a\nb\r\nhello\r\n", 400},
      {"data longer than its size", "5\r\nhello!\r\n", 400},
      {"data ended by a line feed", "5\r\nhello\n0\r\n\r\n", 400},
      {"a body over the limit", "3e9\r\n", 413},
      {"chunks over the limit together", "3e8\r\n" + std::string(1000, 'x') + "\r\n1\r\n", 413},
      {"a size that overflows", "fffffffffffffffff\r\n", 413},
      {"the largest number", "ffffffffffffffff\r\n", 413},
      {"an endless size", std::string(2000, '0'), 400},
      {"an endless extension", "5;" + std::string(2000, 'x'), 400},
      {"an endless trailer", "0\r\n" + std::string(2000, 'x'), 400},
      {"a trailer with a bare line feed", "0\r\nA: b\nC: d\r\n\r\n", 400},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    Reading reading;
    CHECK(reading.add(c.bytes) == Framed::refused);
    CHECK(reading.body.status() == c.status);
  }
}

TEST_CASE("extensions and trailers are bounded over a whole body") {
  Reading extended;
  std::string chunks, trailers = "0\r\n";
  for (int i = 0; i < 20; ++i) {
    chunks += "1;" + std::string(900, 'e') + "\r\nx\r\n";
    trailers += "T: " + std::string(900, 't') + "\r\n";
  }
  CHECK(extended.add(chunks + "0\r\n\r\n") == Framed::refused);
  CHECK(extended.body.status() == 400);
  Reading trailed;
  CHECK(trailed.add(trailers + "\r\n") == Framed::refused);
  CHECK(trailed.body.status() == 400);
}

TEST_CASE("a head that spoke of chunks says the length instead") {
  std::string in = "POST /x HTTP/1.1\r\nHost: h\r\ntransfer-encoding:  chunked \r\nA: b\r\n\r\nhello";
  CHECK(read_head(in).chunked);
  say_length(in, 5);
  const auto framing = read_head(in);
  REQUIRE(framing.state == Framed::complete);
  CHECK_FALSE(framing.chunked);
  CHECK(framing.body_bytes == 5);
  CHECK(framing.head.header("A") == "b");
  CHECK(in.substr(framing.head_bytes) == "hello");
}

}  // namespace
}  // namespace voice::server
