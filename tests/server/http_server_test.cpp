#include "server/http_server.h"

#include <algorithm>
#include <arpa/inet.h>
#include <atomic>
#include <chrono>
#include <doctest/doctest.h>
#include <string>
#include <sys/socket.h>
#include <sys/time.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include "tests/server/test_site.h"

namespace voice::server {
namespace {

using namespace std::chrono_literals;

/// A client that says exactly what it is told to.
class RawClient {
 public:
  explicit RawClient(int port) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(port));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(fd_, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0;
    const timeval patience{5, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  }
  RawClient(RawClient&& other) noexcept : fd_(std::exchange(other.fd_, -1)), connected_(other.connected_) {}
  ~RawClient() {
    if (fd_ >= 0) ::close(fd_);
  }
  bool connected() const { return connected_; }
  void say(std::string_view text) { (void)!::send(fd_, text.data(), text.size(), MSG_NOSIGNAL); }
  /// What came until `text` was in it, or the connection ended, or five seconds went by.
  std::string hear_until(std::string_view text) {
    char part[4096];
    while (heard_.find(text) == std::string::npos) {
      const ssize_t got = ::recv(fd_, part, sizeof part, 0);
      if (got <= 0) break;
      heard_.append(part, static_cast<std::size_t>(got));
    }
    return std::exchange(heard_, {});
  }
  std::string hear_all() { return hear_until("\x01 never"); }
  int fd() const { return fd_; }

 private:
  int fd_;
  bool connected_ = false;
  std::string heard_;
};

/// A real server on a free port, with quick limits.
struct RunningServer {
  explicit RunningServer(Router& router, LoopLimits limits = quick())
      : site(router), http(site.dispatcher, site.site, limits) {
    const auto listening = http.listen("127.0.0.1:0");
    REQUIRE(listening);
    thread = std::jthread([this](std::stop_token stop) { http.run(stop); });
  }
  static LoopLimits quick() {
    LoopLimits limits;
    limits.threads = 2;
    limits.connections_per_address = 200;
    limits.head = 600ms;
    limits.body = 600ms;
    limits.idle = 1500ms;
    limits.drain = 3000ms;
    return limits;
  }
  std::string ask(std::string_view request) {
    RawClient client(http.port());
    client.say(request);
    return client.hear_all();
  }

  TestSite site;
  HttpServer http;
  std::jthread thread;
};

struct Asked {
  const char* name;
  std::string request;
  const char* status;
  std::string answer() const { return std::string("HTTP/1.1 ") + status; }
};

Router small_router() {
  Router router;
  router.page("/", [](const Request&, const Site&, store::Reader&) { return html("<p>front</p>"); });
  router.get("/whoami", Who::anyone,
             [](const Request& request, const Site&, store::Reader&) { return plain(request.address); });
  router.get("/slow", Who::anyone, [](const Request&, const Site&, store::Reader&) {
    std::this_thread::sleep_for(400ms);
    return plain("at last");
  });
  router.page("/large", [](const Request&, const Site&, store::Reader&) { return plain(std::string(8 << 20, 'x')); });
  router.post(
      "/form", Who::machine,
      [](const Request& request, const Site&, store::Database&) {
        std::string text = request.form.get("name") + "|" + request.query.get("name");
        for (const auto& upload : request.uploads) text += "|" + upload.file_name + "=" + upload.bytes;
        return plain(text);
      },
      100'000);
  return router;
}

std::string status_line(const std::string& answer) { return answer.substr(0, answer.find("\r\n")); }
std::string body_of(const std::string& answer) {
  const auto end = answer.find("\r\n\r\n");
  return end == std::string::npos ? "" : answer.substr(end + 4);
}

TEST_CASE("a page is answered over a socket, and HEAD says the same without the body") {
  Router router = small_router();
  RunningServer server(router);
  const auto page = server.ask("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  CHECK(status_line(page) == "HTTP/1.1 200 OK");
  CHECK(body_of(page) == "<p>front</p>");
  CHECK(page.find("Content-Length: 12\r\n") != std::string::npos);
  CHECK(page.find("X-Content-Type-Options: nosniff") != std::string::npos);
  const auto head = server.ask("HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  CHECK(status_line(head) == "HTTP/1.1 200 OK");
  CHECK(head.find("Content-Length: 12\r\n") != std::string::npos);
  CHECK(body_of(head).empty());
}

TEST_CASE("a page asked for again is answered the short way, the same to the last header but the date") {
  Router router = small_router();
  RunningServer server(router);
  const auto without_date = [](std::string answer) {
    const auto at = answer.find("Date: ");
    REQUIRE(at != std::string::npos);
    return answer.erase(at, answer.find("\r\n", at) + 2 - at);
  };
  const auto sorted_lines = [&](const std::string& answer) {
    std::vector<std::string> lines;
    std::string line;
    for (const char c : without_date(answer)) {
      line += c;
      if (c == '\n') lines.push_back(std::exchange(line, {}));
    }
    lines.push_back(line);
    std::sort(lines.begin(), lines.end());
    return lines;
  };
  const char* request = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  const auto first = server.ask(request);
  const auto lent = server.http.figures().lent;
  const auto second = server.ask(request);
  CHECK(server.http.figures().lent == lent);
  CHECK(sorted_lines(first) == sorted_lines(second));

  const auto at = first.find("ETag: ") + 6;
  const auto tag = first.substr(at, first.find("\r\n", at) - at);
  const auto unchanged =
      server.ask("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nIf-None-Match: \"a\", " + tag + "\r\n\r\n");
  CHECK(status_line(unchanged) == "HTTP/1.1 304 Not Modified");
  CHECK(body_of(unchanged).empty());
  CHECK(body_of(server.ask("HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")).empty());
  CHECK(server.http.figures().lent == lent);
}

TEST_CASE("the short way ends when the store changes, and is not for cookies that may be a session") {
  Router router;
  std::atomic<int> made{0};
  router.page("/", [&](const Request&, const Site&, store::Reader&) { return html(std::to_string(++made)); });
  RunningServer server(router);
  const std::string request = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
  CHECK(body_of(server.ask(request + "\r\n")) == "1");
  CHECK(body_of(server.ask(request + "\r\n")) == "1");
  server.site.db.write([](store::Writer& db) { store::bump_change_number(db); });
  CHECK(body_of(server.ask(request + "\r\n")) == "2");
  const auto lent = server.http.figures().lent;
  server.ask(request + "Cookie: theme=dark\r\n\r\n");
  server.ask(request + "Cookie: theme=dark\r\n\r\n");
  CHECK(server.http.figures().lent == lent + 1);
  server.ask(request + "Cookie: theme=dark; session=x\r\n\r\n");
  CHECK(server.http.figures().lent == lent + 2);
}

TEST_CASE("a wrong method answers 405 and names the right ones") {
  Router router = small_router();
  RunningServer server(router);
  const auto answer = server.ask("DELETE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  CHECK(status_line(answer).starts_with("HTTP/1.1 405"));
  CHECK(answer.find("Allow: GET, HEAD\r\n") != std::string::npos);
}

TEST_CASE("a connection is kept, and requests sent together are answered in order") {
  Router router = small_router();
  RunningServer server(router);
  RawClient client(server.http.port());
  client.say(
      "GET / HTTP/1.1\r\nHost: x\r\n\r\nGET /whoami HTTP/1.1\r\nHost: x\r\n\r\nGET /nowhere HTTP/1.1\r\nHost: "
      "x\r\n\r\n");
  const auto answers = client.hear_until("404");
  const auto first = answers.find("<p>front</p>");
  const auto second = answers.find("127.0.0.1");
  REQUIRE(first != std::string::npos);
  REQUIRE(second != std::string::npos);
  CHECK(first < second);
}

TEST_CASE("forms are read from the body, URL-encoded of any length and multipart") {
  Router router = small_router();
  RunningServer server(router);
  const std::string long_name(20'000, 'n');
  const std::string body = "name=" + long_name;
  const auto encoded = server.ask(
      "POST /form?name=query HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: "
      "application/x-www-form-urlencoded\r\nContent-Length: " +
      std::to_string(body.size()) + "\r\n\r\n" + body);
  CHECK(body_of(encoded) == long_name + "|query");
  const std::string parts =
      "--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nAnn\r\n--b\r\nContent-Disposition: form-data; "
      "name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b--\r\n";
  const auto multipart = server.ask(
      "POST /form HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: "
      "multipart/form-data; boundary=b\r\nContent-Length: " +
      std::to_string(parts.size()) + "\r\n\r\n" + parts);
  CHECK(body_of(multipart) == "Ann||a.txt=hello");
}

TEST_CASE("a body in chunks is read like one of a known length, and the next request follows it") {
  Router router = small_router();
  RunningServer server(router);
  const std::string head = "POST /form HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Type: ";
  RawClient client(server.http.port());
  client.say(head + "application/x-www-form-urlencoded\r\n\r\n5\r\nname=\r\n");
  std::this_thread::sleep_for(20ms);
  client.say("3;ext\r\nAn");
  std::this_thread::sleep_for(20ms);
  client.say("n\r\n0\r\nTrailer: x\r\n\r\nGET /whoami HTTP/1.1\r\nHost: x\r\n\r\n");
  const auto answers = client.hear_until("127.0.0.1");
  CHECK(answers.find("Ann|") != std::string::npos);
  CHECK(answers.find("127.0.0.1") != std::string::npos);

  const std::string parts = "--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nBob\r\n--b--\r\n";
  std::string chunks;
  for (const char c : parts) chunks += std::string("1\r\n") + c + "\r\n";
  CHECK(body_of(server.ask(head + "multipart/form-data; boundary=b\r\nConnection: close\r\n\r\n" + chunks +
                           "0\r\n\r\n")) == "Bob|");

  RawClient waiting(server.http.port());
  waiting.say(head + "application/x-www-form-urlencoded\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n");
  CHECK(waiting.hear_until("\r\n\r\n").starts_with("HTTP/1.1 100"));
  waiting.say("8\r\nname=Cat\r\n0\r\n\r\n");
  CHECK(waiting.hear_all().find("Cat|") != std::string::npos);
}

TEST_CASE(
    "chunks are held to the route's limit, to their form and to their time, and nothing behind them is a request") {
  Router router = small_router();
  RunningServer server(router);
  const std::string next = "GET /whoami HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  const std::string head = "POST /form HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n";
  const Asked cases[] = {
      {"over the limit", head + "\r\n186a1\r\n", "413"},
      {"no number", head + "\r\nzz\r\n", "400"},
      {"beside a length", head + "Content-Length: 4\r\n\r\n0\r\n\r\n", "400"},
      {"another coding", "POST /form HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", "501"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    const auto answer = server.ask(c.request + next);
    CHECK(status_line(answer).starts_with(c.answer()));
    CHECK(answer.find("127.0.0.1") == std::string::npos);
    CHECK(answer.find("Connection: close") != std::string::npos);
  }
  RawClient slow(server.http.port());
  slow.say(head + "\r\n5\r\nhel");
  CHECK(slow.hear_all().empty());
  CHECK(server.http.figures().timed_out == 1);
}

TEST_CASE("a body over its route's limit is refused with words before it is sent") {
  Router router = small_router();
  RunningServer server(router);
  const auto answer = server.ask("POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: 100001\r\n\r\n");
  CHECK(status_line(answer).starts_with("HTTP/1.1 413"));
  CHECK(body_of(answer).find("too large") != std::string::npos);
}

TEST_CASE("a body where none is wanted is read, so that the answer says what is wrong") {
  Router router = small_router();
  RunningServer server(router);
  const std::string close = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
  const Asked cases[] = {
      {"a page", "POST /" + close + "Content-Length: 5\r\n\r\nhello", "405"},
      {"a page, in chunks", "POST /" + close + "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n", "405"},
      {"no page", "POST /nowhere" + close + "Content-Length: 5\r\n\r\nhello", "404"},
      {"a reading method", "GET /" + close + "Content-Length: 5\r\n\r\nhello", "200"},
      {"more than any form", "POST /nowhere" + close + "Content-Length: 1000000\r\n\r\n", "413"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    CHECK(status_line(server.ask(c.request)).starts_with(c.answer()));
  }
}

TEST_CASE("whatever the library would refuse without a word is refused with one") {
  Router router = small_router();
  RunningServer server(router);
  const std::string end = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  const Asked cases[] = {
      {"a method of nobody's", "BREW /" + end, "501"},
      {"a method in small letters", "get /" + end, "501"},
      {"a long address", "GET /?" + std::string(8100, 'a') + end, "414"},
      {"a long header", "GET / HTTP/1.1\r\nHost: x\r\nCookie: " + std::string(8300, 'a') + "\r\n\r\n", "431"},
      {"no host", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n", "400"},
      {"two hosts", "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", "400"},
      {"a method that no page has", "TRACE /" + end, "405"},
      {"parts without a boundary",
       "POST /form HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: multipart/form-data\r\nContent-Length: "
       "1\r\n\r\nx",
       "400"},
      {"parts that end too early",
       "POST /form HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: multipart/form-data; "
       "boundary=b\r\nContent-Length: 6\r\n\r\n--b\r\nA",
       "400"},
      {"a form that is packed",
       "POST /form HTTP/1.1\r\nHost: x\r\nContent-Encoding: br\r\nContent-Type: multipart/form-data; "
       "boundary=b\r\nContent-Length: 1\r\n\r\nx",
       "415"},
      {"an address longer than any head", "GET /" + std::string(20'000, 'a') + end, "414"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    const auto answer = server.ask(c.request);
    CHECK_MESSAGE(status_line(answer).starts_with(c.answer()), status_line(answer));
    CHECK(answer.find("\r\nContent-Security-Policy: ") != std::string::npos);
    CHECK(body_of(answer).find("<h1>") != std::string::npos);
  }
}

TEST_CASE("a request is read in every form that the standard allows") {
  Router router = small_router();
  RunningServer server(router);
  const std::string end = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  const struct {
    const char* name;
    std::string request;
  } cases[] = {
      {"a whole address", "GET http://hub.example/" + end},
      {"a whole address without a path", "GET HTTPS://hub.example:8080" + end},
      {"a whole address with a query", "GET http://hub.example/?a=b" + end},
      {"an empty line before it", "\r\n\r\nGET /" + end},
      {"questions within a query", "GET /?a=b?c=d?e" + end},
      {"the version that needs no host", "GET / HTTP/1.0\r\n\r\n"},
      {"the longest address", "GET /?" + std::string(7990, 'a') + end},
      {"the longest header",
       "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: " + std::string(7990, 'a') + "\r\n\r\n"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    const auto answer = server.ask(c.request);
    CHECK_MESSAGE(status_line(answer).starts_with("HTTP/1.1 200"), status_line(answer));
    CHECK(body_of(answer) == "<p>front</p>");
  }
}

TEST_CASE("nobody is promised a part of an answer") {
  Router router = small_router();
  RunningServer server(router);
  const auto head = server.ask("HEAD /nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  CHECK(status_line(head).starts_with("HTTP/1.1 404"));
  CHECK(head.find("Accept-Ranges: bytes") == std::string::npos);
}

TEST_CASE("a form with parts is one for methods that send a body only") {
  Router router = small_router();
  RunningServer server(router);
  const std::string end = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: multipart/form-data\r\n\r\n";
  CHECK(body_of(server.ask("GET /" + end)) == "<p>front</p>");
  CHECK(status_line(server.ask("HEAD /" + end)).starts_with("HTTP/1.1 200"));
}

TEST_CASE("line breaks before a request are few, and a connection after one is idle") {
  Router router = small_router();
  RunningServer server(router);
  std::string flood;
  for (int n = 0; n < 50'000; ++n) flood += "\r\n";
  CHECK(status_line(server.ask(flood)).starts_with("HTTP/1.1 400"));
  RawClient client(server.http.port());
  client.say("GET /whoami HTTP/1.1\r\nHost: x\r\n\r\n\r\n");
  CHECK(client.hear_until("127.0.0.1").starts_with("HTTP/1.1 200"));
  std::this_thread::sleep_for(900ms);  // longer than a head may take, shorter than a connection may idle
  client.say("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  CHECK(body_of(client.hear_all()) == "<p>front</p>");
  CHECK(server.http.figures().timed_out == 0);
}

TEST_CASE("a client that waits to be asked for its body is asked") {
  Router router = small_router();
  RunningServer server(router);
  RawClient client(server.http.port());
  client.say(
      "POST /form HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Type: "
      "application/x-www-form-urlencoded\r\nContent-Length: 8\r\n\r\n");
  CHECK(client.hear_until("\r\n\r\n").starts_with("HTTP/1.1 100"));
  client.say("name=Ann");
  CHECK(client.hear_all().find("Ann|") != std::string::npos);
}

TEST_CASE("the reader's address is the socket's, whatever headers claim") {
  Router router = small_router();
  RunningServer server(router);
  const auto answer = server.ask(
      "GET /whoami HTTP/1.1\r\nHost: x\r\nREMOTE_ADDR: 6.6.6.6\r\nX-Forwarded-For: 6.6.6.6\r\nConnection: "
      "close\r\n\r\n");
  CHECK(body_of(answer) == "127.0.0.1");
}

TEST_CASE("more idle and dawdling connections than threads keep nobody waiting") {
  Router router = small_router();
  RunningServer server(router);
  std::vector<RawClient> others;
  for (int n = 0; n < 100; ++n) {
    others.emplace_back(server.http.port());
    if (n % 2 == 0) others.back().say("GET / HTT");
  }
  const auto start = std::chrono::steady_clock::now();
  CHECK(body_of(server.ask("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")) == "<p>front</p>");
  CHECK(std::chrono::steady_clock::now() - start < 2s);  // a thread held by any of them would not come back at all
}

TEST_CASE("whoever sends slower than the limit is sent away") {
  Router router = small_router();
  RunningServer server(router);
  RawClient slow(server.http.port());
  for (const char c : std::string_view("GET / HTTP/1.1\r\n")) {
    slow.say(std::string_view(&c, 1));
    std::this_thread::sleep_for(100ms);
  }
  CHECK(slow.hear_all().empty());
  RawClient without_body(server.http.port());
  without_body.say("POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nname=");
  CHECK(without_body.hear_all().empty());
}

TEST_CASE("a reader who takes a large answer slowly holds no thread and gets all of it") {
  Router router = small_router();
  RunningServer server(router);
  std::vector<RawClient> slow;
  for (int n = 0; n < 4; ++n) {  // twice as many as there are threads
    slow.emplace_back(server.http.port());
    slow.back().say("GET /large HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  }
  CHECK(body_of(server.ask("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")) == "<p>front</p>");
  for (auto& client : slow) CHECK(body_of(client.hear_all()).size() == 8 << 20);
}

TEST_CASE("one address has only its share of connections") {
  Router router = small_router();
  auto limits = RunningServer::quick();
  limits.connections_per_address = 3;
  RunningServer server(router, limits);
  std::vector<RawClient> kept;
  for (int n = 0; n < 3; ++n) {
    kept.emplace_back(server.http.port());
    kept.back().say("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(status_line(kept.back().hear_until("front")) == "HTTP/1.1 200 OK");
  }
  CHECK(server.ask("GET / HTTP/1.1\r\nHost: x\r\n\r\n").empty());
  kept.pop_back();
  std::string answer;
  for (int tries = 0; tries < 50 && answer.empty(); ++tries) {  // the server sees the goodbye a moment later
    std::this_thread::sleep_for(10ms);
    answer = server.ask("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  }
  CHECK(status_line(answer) == "HTTP/1.1 200 OK");
}

TEST_CASE("told to stop, the server finishes what is under way, drops what is idle, and takes nobody new") {
  Router router = small_router();
  RunningServer server(router);
  RawClient idle(server.http.port());
  RawClient busy(server.http.port());
  busy.say("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
  std::this_thread::sleep_for(100ms);
  const int port = server.http.port();
  const auto start = std::chrono::steady_clock::now();
  server.thread.request_stop();
  CHECK(busy.hear_all().find("at last") != std::string::npos);
  CHECK(idle.hear_all().empty());
  server.thread.join();
  CHECK(std::chrono::steady_clock::now() - start < 4s);
  CHECK_FALSE(RawClient(port).connected());
}

TEST_CASE("an address that cannot be listened on is said in words") {
  Router router;
  TestSite site(router);
  HttpServer http(site.dispatcher, site.site);
  for (const char* address : {"", "8080", "localhost", "localhost:port", ":80", "127.0.0.1:"}) {
    CAPTURE(address);
    CHECK_FALSE(http.listen(address));
  }
  CHECK(http.listen("[::1]:0"));
  HttpServer second(site.dispatcher, site.site);
  const auto taken = second.listen("[::1]:" + std::to_string(http.port()));
  REQUIRE_FALSE(taken);
  CHECK(taken.error().what.find("in use") != std::string::npos);
}

}  // namespace
}  // namespace voice::server
