#include "server/http_server.h"

#include <algorithm>
#include <cstring>
#include <httplib.h>

#include "base/text.h"
#include "base/time.h"
#include "base/url.h"
#include "server/client_address.h"
#include "server/event_loop.h"

namespace voice::server {
namespace {

/// What the library reads from and writes to: a request that has arrived as a whole, and the way out. It never waits.
class ExchangeStream final : public httplib::Stream {
 public:
  /// The target is ours to read: the library would refuse one with a second question mark in it.
  explicit ExchangeStream(Exchange& exchange)
      : exchange_(exchange),
        request_line_(std::string(exchange.head->method) + " / " + std::string(exchange.head->version) + "\r\n"),
        at_(exchange.bytes.find("\r\n") + 2) {}

  bool is_readable() const override { return at_ < exchange_.bytes.size(); }
  bool is_writable() const override { return !exchange_.out->broken(); }
  ssize_t read(char* into, size_t size) override {
    if (line_read_ < request_line_.size()) return copy(request_line_, line_read_, into, size);
    return copy(exchange_.bytes, at_, into, size);
  }
  /// The library writes the head in one piece and then the body. The head waits for the body, so that both leave together.
  ssize_t write(const char* bytes, size_t size) override {
    const std::string_view part(bytes, size);
    if (head_.empty() && !sent_) {
      head_ = part;
    } else {
      exchange_.out->send(head_, part, body_owner);
      head_.clear();
      sent_ = true;
    }
    return exchange_.out->broken() ? -1 : static_cast<ssize_t>(size);
  }
  void finish() {
    if (!head_.empty()) exchange_.out->send(head_, {});
  }
  void get_remote_ip_and_port(std::string& ip, int& port) const override {
    ip = exchange_.address;
    port = 0;
  }
  void get_local_ip_and_port(std::string& ip, int& port) const override {
    ip.clear();
    port = 0;
  }
  socket_t socket() const override { return INVALID_SOCKET; }

  std::shared_ptr<const void> body_owner;
  bool answered = false;  ///< by us, and not by the library
  Exchange& exchange() { return exchange_; }

 private:
  /// Copies at most `size` bytes of `from`, beginning at `at`, which moves on.
  static ssize_t copy(std::string_view from, std::size_t& at, char* into, std::size_t size) {
    const auto part = from.substr(at, size);
    std::memcpy(into, part.data(), part.size());
    at += part.size();
    return static_cast<ssize_t>(part.size());
  }

  Exchange& exchange_;
  std::string request_line_;
  std::size_t line_read_ = 0;
  std::size_t at_ = 0;
  std::string head_;
  bool sent_ = false;
};

/// The exchange that this thread is answering: the library's handlers are not told which stream they serve.
thread_local ExchangeStream* current = nullptr;

Fields to_fields(const httplib::Headers& headers) {
  Fields fields;
  for (const auto& [name, value] : headers) {
    // The library adds these to the sender's own headers, where they could be mistaken for each other.
    if (name == "REMOTE_ADDR" || name == "REMOTE_PORT" || name == "LOCAL_ADDR" || name == "LOCAL_PORT") continue;
    fields.add(name, value);
  }
  return fields;
}

bool is_multipart(std::string_view content_type) {
  return starts_with_ignoring_case(content_type, "multipart/form-data");
}

bool has_parts(const httplib::Request& request) {
  const bool may_have_a_body = request.method != "GET" && request.method != "HEAD" && request.method != "OPTIONS" &&
                               request.method != "TRACE" && request.method != "CONNECT";
  return may_have_a_body && is_multipart(request.get_header_value("Content-Type"));
}

void read_parts(const httplib::Request& from, Request& request) {
  for (const auto& [name, part] : from.files) {
    if (part.filename.empty() && part.content_type.empty())
      request.form.add(name, repair_utf8(part.content));
    else
      request.uploads.push_back(
          {.field = name, .file_name = part.filename, .content_type = part.content_type, .bytes = part.content});
  }
}

void put_target(std::string_view target, Request& request) {
  request.raw_target = target;
  const auto question = target.find('?');
  request.path = percent_decode(target.substr(0, question));
  if (question == std::string_view::npos) return;
  request.raw_query = target.substr(question + 1);
  request.query = read_url_encoded(request.raw_query);
}

/// The library as a reader and writer of HTTP, without its sockets and threads.
class Protocol final : public httplib::Server {
 public:
  Protocol(Dispatcher& dispatcher, const Site& site, const TrustedProxies& proxies)
      : dispatcher_(dispatcher), site_(site), proxies_(proxies) {
    // Everything but multipart forms is answered before the library looks for a body, because the body is here already:
    // its limit of 8,192 bytes on URL-encoded forms does not apply.
    set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
      if (has_parts(request)) return HandlerResponse::Unhandled;
      answer(request, response);
      return HandlerResponse::Handled;
    });
    const auto with_parts = [this](const httplib::Request& request, httplib::Response& response) {
      answer(request, response);
    };
    Post(".*", with_parts);
    Put(".*", with_parts);
    Patch(".*", with_parts);
    Delete(".*", with_parts);
    // What the library refuses by itself, a form with a broken boundary, it refuses with a bare status.
    set_error_handler(HandlerWithResponse([this](const httplib::Request& request, httplib::Response& response) {
      if (current->answered) return HandlerResponse::Unhandled;
      hand_over(dispatcher_.refusal(response.status), request.method == "HEAD", response);
      return HandlerResponse::Handled;
    }));
    // The library puts the text of an exception into a header.
    set_exception_handler([this](const httplib::Request&, httplib::Response& response, auto&&...) {
      site_.log.error("an exception left the dispatcher");
      response.status = 500;
    });
    // The library stops writing when its own listening socket is gone, and it never had one: any other number will do.
    svr_sock_ = 0;
    set_keep_alive_max_count(100000);
    set_keep_alive_timeout(60);
  }

  void serve(Exchange& exchange) {
    ExchangeStream stream(exchange);
    current = &stream;
    bool closed = false;
    const bool answered = process_request(stream, !exchange.keep_alive, closed, [](httplib::Request& request) {
      request.ranges.clear();  // pages and feeds are sent whole; a list of ranges could multiply an answer
    });
    stream.finish();
    current = nullptr;
    if (!answered || closed) exchange.keep_alive = false;
  }

 private:
  void answer(const httplib::Request& from, httplib::Response& to) {
    const auto& exchange = current->exchange();
    Request request;
    request.method = from.method;
    put_target(exchange.head->target, request);
    request.headers = to_fields(from.headers);
    request.address = proxies_.client_of(exchange.address, request.header("X-Forwarded-For"));
    const auto content_type = request.header("Content-Type");
    if (has_parts(from)) {
      read_parts(from, request);
    } else {
      request.body = exchange.bytes.substr(exchange.head_bytes);
      if (starts_with_ignoring_case(content_type, "application/x-www-form-urlencoded"))
        request.form = read_url_encoded(request.body);
    }
    hand_over(dispatcher_.answer(std::move(request)), from.method == "HEAD", to);
  }

  void hand_over(Response response, bool head_only, httplib::Response& to) const {
    current->answered = true;
    to.status = response.status;
    std::string content_type;
    for (auto& [name, value] : response.headers) {
      if (equals_ignoring_case(name, "Content-Type"))
        content_type = value;
      else
        to.headers.emplace(name, value);
    }
    to.headers.emplace("Date", rfc822(site_.clock.now()));
    if (head_only) to.headers.emplace("Accept-Ranges", "none");  // the library would promise ranges for HEAD
    const auto kept = std::make_shared<const Response>(std::move(response));
    const std::string& bytes = kept->bytes();
    if (bytes.empty()) return;
    current->body_owner = kept;
    to.set_content_provider(bytes.size(), content_type.c_str(),
                            [kept, &bytes](size_t from, size_t length, httplib::DataSink& sink) {
                              return sink.write(bytes.data() + from, length);
                            });
  }

  Dispatcher& dispatcher_;
  const Site& site_;
  const TrustedProxies& proxies_;
};

struct HostPort {
  std::string host;
  std::string port;
};

std::optional<HostPort> split_address(const std::string& address) {
  const auto colon = address.rfind(':');
  if (colon == std::string::npos || colon + 1 == address.size()) return std::nullopt;
  HostPort parts{.host = address.substr(0, colon), .port = address.substr(colon + 1)};
  if (!std::ranges::all_of(parts.port, is_digit) || parts.port.size() > 5 || std::stoi(parts.port) > 65535)
    return std::nullopt;
  if (parts.host.starts_with('[') && parts.host.ends_with(']'))
    parts.host = parts.host.substr(1, parts.host.size() - 2);
  if (parts.host.empty()) return std::nullopt;
  return parts;
}

/// An answer without the library, for requests that were not read to their end.
void send_plainly(const Response& response, sys_seconds now, Outgoing& out) {
  std::string head = "HTTP/1.1 " + std::to_string(response.status) + " \r\nDate: " + rfc822(now) +
                     "\r\nConnection: close\r\nContent-Length: " + std::to_string(response.bytes().size()) + "\r\n";
  for (const auto& [name, value] : response.headers) head.append(name).append(": ").append(value).append("\r\n");
  out.send(head + "\r\n", response.bytes());
}

}  // namespace

LoopLimits limits_of(const config::ServerSettings& settings) {
  LoopLimits limits;
  limits.threads = settings.threads;
  limits.connections_per_address = settings.max_connections_per_address;
  return limits;
}

class HttpServer::Impl {
 public:
  Impl(Dispatcher& dispatcher, const Site& site, LoopLimits limits)
      : dispatcher_(dispatcher),
        site_(site),
        proxies_(site.settings.server.trusted_proxies),
        protocol_(dispatcher, site, proxies_),
        loop(limits, handlers(), site.log) {}

 private:
  LoopHandlers handlers() {
    return {
        .body_limit =
            [this](const Head& head) { return dispatcher_.body_limit(head.method, percent_decode(head.path())); },
        .answer_now = [this](Exchange& exchange) { return answer_now(exchange); },
        .answer = [this](Exchange& exchange) { protocol_.serve(exchange); },
        .refuse =
            [this](int status, Exchange& exchange) {
              send_plainly(dispatcher_.refusal(status), site_.clock.now(), *exchange.out);
            },
        .is_proxy = [this](std::string_view address) { return proxies_.includes(address); },
    };
  }

  bool answer_now(Exchange& exchange) {
    const Head& head = *exchange.head;
    // Whoever sends a date only, or a body with a GET, is rare enough for the long way.
    if (exchange.bytes.size() != exchange.head_bytes) return false;
    const auto if_none_match = head.header("If-None-Match");
    if (if_none_match.empty() && !head.header("If-Modified-Since").empty()) return false;
    const auto answer = dispatcher_.ready_answer(head);
    if (!answer) return false;
    const bool unchanged = !if_none_match.empty() && names_fingerprint(if_none_match, answer->fingerprint);
    head_ = unchanged ? answer->unchanged : answer->head;
    head_.append(date_line());
    head_.append(!exchange.keep_alive         ? "Connection: close\r\n\r\n"
                 : head.version == "HTTP/1.0" ? "Connection: keep-alive\r\n\r\n"
                                              : "\r\n");
    const bool with_body = !unchanged && head.method == "GET";
    exchange.out->send(head_, with_body ? std::string_view(answer->body->bytes(answer->encoding)) : std::string_view(),
                       answer->body);
    return true;
  }

  /// Written once a second. Only the loop's thread asks.
  const std::string& date_line() {
    const auto now = site_.clock.now();
    if (now != date_of_) date_line_ = "Date: " + rfc822(now) + "\r\n";
    date_of_ = now;
    return date_line_;
  }

  Dispatcher& dispatcher_;
  const Site& site_;
  TrustedProxies proxies_;
  Protocol protocol_;
  std::string head_;
  std::string date_line_;
  sys_seconds date_of_{};

 public:
  EventLoop loop;
};

HttpServer::HttpServer(Dispatcher& dispatcher, const Site& site)
    : HttpServer(dispatcher, site, limits_of(site.settings.server)) {}
HttpServer::HttpServer(Dispatcher& dispatcher, const Site& site, LoopLimits limits)
    : impl_(std::make_unique<Impl>(dispatcher, site, limits)) {}
HttpServer::~HttpServer() = default;

Result<Done> HttpServer::listen(const std::string& address) {
  const auto parts = split_address(address);
  if (!parts) return Error{ErrorCode::malformed, address + " is not an address and port, such as 127.0.0.1:8080"};
  return impl_->loop.listen(parts->host, parts->port);
}

int HttpServer::port() const { return impl_->loop.port(); }
void HttpServer::run(std::stop_token stop) { impl_->loop.run(stop); }
void HttpServer::stop() { impl_->loop.stop(); }

EventLoop::Figures HttpServer::figures() const { return impl_->loop.figures(); }

MetricsSource HttpServer::metrics() const {
  return [this](MetricsPage& page) {
    const auto now = figures();
    page.add("voice_connections", "gauge", "Connections open now.", static_cast<double>(now.connections));
    page.add("voice_connections_total", "counter", "Connections taken.", static_cast<double>(now.accepted));
    page.add("voice_connections_refused_total", "counter", "Connections closed at once, over a limit.",
             static_cast<double>(now.refused));
    page.add("voice_connections_timed_out_total", "counter", "Connections closed for dawdling.",
             static_cast<double>(now.timed_out));
    page.add("voice_requests_lent_total", "counter", "Requests that needed a thread.", static_cast<double>(now.lent));
  };
}

}  // namespace voice::server
