#include "fetcher/http_client.h"

#include <cstdlib>
#include <doctest/doctest.h>

#include "fetcher/page.h"
#include "tests/fetcher/tiny_origin.h"

using namespace voice;
using namespace voice::fetcher;
using namespace voice::testing;

namespace {

ClientSettings loopback_settings() {
  ClientSettings settings;
  settings.guard = *AddressGuard::make({"127.0.0.0/8"}, {"1-65535"});
  return settings;
}

Limits short_limits() {
  Limits limits;
  limits.connect = milliseconds{1000};
  limits.headers = milliseconds{400};
  limits.total = milliseconds{1500};
  limits.body_bytes = 100'000;
  limits.wire_bytes = 50'000;
  limits.ratio_above = 20'000;
  limits.header_bytes = 8'000;
  limits.header_lines = 50;
  return limits;
}

HttpAnswer get(HttpClient& client, const std::string& url, std::vector<std::string> headers = {}) {
  HttpRequest request;
  request.url = url;
  request.user_agent = "voice/test";
  request.limits = short_limits();
  request.headers = std::move(headers);
  std::optional<HttpAnswer> answer;
  client.start(std::move(request), [&](HttpAnswer came) { answer = std::move(came); });
  while (!answer) client.drive(milliseconds{100});
  return std::move(*answer);
}

FailureClass failure_of(const HttpAnswer& answer) {
  REQUIRE(answer.failure);
  CHECK_FALSE(answer.failure->sentence.empty());
  return answer.failure->kind;
}

}  // namespace

TEST_CASE("an answer carries status, headers and body, and says where it came from") {
  TinyOrigin origin([](const Seen&) { return ok("hello", "ETag: W/\"odd \\ one\"\r\nX-Twice: 1\r\nX-Twice: 2\r\n"); });
  const auto client = make_http_client(loopback_settings());
  const auto answer = get(*client, origin.url("/feed"), {"If-None-Match: \"a\""});
  CHECK_FALSE(answer.failure);
  CHECK(answer.status == 200);
  CHECK(answer.body == "hello");
  CHECK(answer.address == "127.0.0.1");
  CHECK(answer.headers.find("etag") == "W/\"odd \\ one\"");
  CHECK(answer.headers.all("x-twice").size() == 2);
  const auto seen = origin.seen();
  REQUIRE(seen.size() == 1);
  CHECK(seen[0].has("If-None-Match: \"a\""));
  CHECK(seen[0].has("User-Agent: voice/test"));
  CHECK(seen[0].has("gzip"));
  CHECK_FALSE(seen[0].has("Cookie"));
  CHECK_FALSE(seen[0].has("Referer"));
}

TEST_CASE("any status is an answer and a redirect is not followed") {
  TinyOrigin origin(
      [](const Seen& seen) { return seen.target() == "/moved" ? status(301, "Location: /there\r\n") : status(404); });
  const auto client = make_http_client(loopback_settings());
  CHECK(get(*client, origin.url("/moved")).status == 301);
  CHECK(get(*client, origin.url("/gone")).status == 404);
  CHECK(origin.seen().size() == 2);
}

TEST_CASE("informational responses are skipped") {
  TinyOrigin origin([](const Seen&) {
    auto reply = ok("news", "X-Real: yes\r\n");
    reply.bytes = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + reply.bytes;
    return reply;
  });
  const auto client = make_http_client(loopback_settings());
  const auto answer = get(*client, origin.url("/"));
  CHECK(answer.status == 200);
  CHECK(answer.body == "news");
  CHECK_FALSE(answer.headers.find("Link"));
  CHECK(answer.headers.find("X-Real") == "yes");
}

TEST_CASE("what the outside world does wrong is a failure with a class") {
  const struct {
    const char* name;
    Reply reply;
    FailureClass expected;
  } cases[] = {
      {"a body shorter than announced",
       {"HTTP/1.1 200 OK\r\nContent-Length: 50\r\nConnection: close\r\n\r\nhalf", 0},
       FailureClass::interrupted},
      {"closed without a word", {"", 0}, FailureClass::interrupted},
      {"not HTTP", {"220 mail.example ESMTP\r\n", 0}, FailureClass::bad_response},
      {"broken chunks",
       {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n", 0},
       FailureClass::interrupted},
      {"says gzip, sends text", ok("<rss/>", "Content-Encoding: gzip\r\n"), FailureClass::bad_encoding},
      {"a body over the limit", ok(std::string(120'000, 'x')), FailureClass::too_large},
      {"a header over the limit", ok("x", "X-Big: " + std::string(9'000, 'a') + "\r\n"), FailureClass::bad_response},
      {"no header in time", {"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 1200}, FailureClass::timed_out},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    TinyOrigin origin([&](const Seen&) { return c.reply; });
    const auto client = make_http_client(loopback_settings());
    CHECK(failure_of(get(*client, origin.url("/"))) == c.expected);
  }
}

TEST_CASE("a large error page costs its limit and still gives its status") {
  TinyOrigin origin([](const Seen&) {
    auto reply = ok(std::string(300'000, 'x'));
    reply.bytes.replace(0, 15, "HTTP/1.1 500 No");
    return reply;
  });
  const auto client = make_http_client(loopback_settings());
  const auto answer = get(*client, origin.url("/"));
  if (answer.failure) FAIL(name_of(answer.failure->kind), " ", answer.failure->detail);
  CHECK(answer.status == 500);
  CHECK(answer.body.size() <= 64U << 10);
}

TEST_CASE("nothing leaves for an address that is refused, however it is written") {
  TinyOrigin origin([](const Seen&) { return ok("secret"); });
  ClientSettings settings;
  settings.guard = *AddressGuard::make({}, {"1-65535"});
  const auto client = make_http_client(settings);
  const auto port = std::to_string(origin.port());
  for (const std::string host : {"127.0.0.1", "localhost", "2130706433", "0x7f.1", "0177.0.0.1", "127.1",
                                 "[::ffff:127.0.0.1]", "any.localhost", "0.0.0.0"}) {
    CAPTURE(host);
    CHECK(failure_of(get(*client, "http://" + host + ":" + port + "/")) == FailureClass::refused_address);
  }
  CHECK(origin.seen().empty());
}

TEST_CASE("other schemes and ports that are not allowed are refused before connecting") {
  ClientSettings settings;
  settings.guard = *AddressGuard::make({"127.0.0.0/8"}, {"80"});
  const auto client = make_http_client(settings);
  for (const char* url : {"file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1:80/", "http://127.0.0.1:22/"}) {
    CAPTURE(url);
    CHECK(failure_of(get(*client, url)) == FailureClass::refused_address);
  }
  CHECK(failure_of(get(*client, "feed")) == FailureClass::bad_address);
}

TEST_CASE("a kept-alive connection is asked about again") {
  TinyOrigin origin([](const Seen&) { return ok("x"); });
  const auto client = make_http_client(loopback_settings());
  CHECK(get(*client, origin.url("/1")).status == 200);
  HttpRequest request;
  request.url = origin.url("/2");
  int asked = 0;
  request.may_use_address = [&](const std::string& address) {
    ++asked;
    CHECK(address == "127.0.0.1");
    return false;
  };
  std::optional<HttpAnswer> answer;
  client->start(std::move(request), [&](HttpAnswer came) { answer = std::move(came); });
  while (!answer) client->drive(milliseconds{100});
  CHECK(asked == 1);
  CHECK(failure_of(*answer) == FailureClass::busy_address);
  CHECK(origin.seen().size() == 1);
}

TEST_CASE("proxies from the environment are ignored") {
  TinyOrigin proxy([](const Seen&) { return ok("from the proxy"); });
  TinyOrigin origin([](const Seen&) { return ok("from the origin"); });
  setenv("http_proxy", proxy.url("").c_str(), 1);
  setenv("ALL_PROXY", proxy.url("").c_str(), 1);
  const auto client = make_http_client(loopback_settings());
  CHECK(get(*client, origin.url("/")).body == "from the origin");
  unsetenv("http_proxy");
  unsetenv("ALL_PROXY");
  CHECK(proxy.seen().empty());
}

TEST_CASE("stopping ends what is under way") {
  TinyOrigin origin([](const Seen&) { return Reply{"", 1000}; });
  const auto client = make_http_client(loopback_settings());
  HttpRequest request;
  request.url = origin.url("/");
  std::optional<HttpAnswer> answer;
  client->start(std::move(request), [&](HttpAnswer came) { answer = std::move(came); });
  client->drive(milliseconds{10});
  client->cancel_all();
  REQUIRE(answer);
  CHECK(failure_of(*answer) == FailureClass::cancelled);
}

TEST_CASE("a page is fetched through its redirects, with cookies kept inside the chain") {
  TinyOrigin origin([](const Seen& seen) {
    if (seen.target() == "/start") return status(302, "Location: /cookie\r\n");
    if (!seen.has("Cookie: seen=1")) return status(302, "Location: /cookie\r\nSet-Cookie: seen=1; Path=/\r\n");
    return ok("page");
  });
  const auto client = make_http_client(loopback_settings());
  const auto page = fetch_page(*client, origin.url("/start"), "voice/test", short_limits());
  REQUIRE(page);
  CHECK(page->body == "page");
  CHECK(page->url == origin.url("/cookie"));
  CHECK(page->trail.size() == 2);
}

TEST_CASE("a page that redirects without end, nowhere or to a refused place is a failure") {
  TinyOrigin origin([](const Seen& seen) {
    if (seen.target() == "/loop") return status(302, "Location: /loop\r\n");
    if (seen.target() == "/nowhere") return status(301);
    if (seen.target() == "/inside") return status(302, "Location: http://10.0.0.1/\r\n");
    if (seen.target() == "/file") return status(302, "Location: file:///etc/passwd\r\n");
    return status(403);
  });
  const auto client = make_http_client(loopback_settings());
  const struct {
    const char* target;
    FailureClass expected;
  } cases[] = {
      {"/loop", FailureClass::too_many_redirects}, {"/nowhere", FailureClass::bad_redirect},
      {"/inside", FailureClass::refused_address},  {"/file", FailureClass::refused_address},
      {"/forbidden", FailureClass::forbidden},
  };
  for (const auto& c : cases) {
    CAPTURE(c.target);
    const auto page = fetch_page(*client, origin.url(c.target), "voice/test", short_limits());
    REQUIRE_FALSE(page);
    CHECK(page.failure().kind == c.expected);
  }
  CHECK(origin.seen().size() == 6 + 4);
}
