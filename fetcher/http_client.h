// fetcher/http_client.h - one HTTP exchange at a time per request, many at once per client.
//
// This is the only way out of the program: feeds, pages, icons, hubs and callbacks all go through an HttpClient, and so
// through its address guard. A client does exactly one exchange for a request: it never follows a redirect, never retries and
// keeps no cookies, because each hop has to pass the politeness rules of whoever asked (fetcher/redirects.h follows them).
//
// A client belongs to one thread; only wake() may be called from others. make_http_client() builds one over libcurl's multi
// interface; tests hand in their own.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "config/settings.h"
#include "fetcher/address_guard.h"
#include "fetcher/failure.h"

namespace voice::fetcher {

using std::chrono::milliseconds;

/// What one exchange may cost us. The numbers are those of well-behaved readers: twice the time a slow blog needs, and many
/// times the size of the largest feed met.
struct Limits {
  milliseconds connect{10'000};
  milliseconds headers{20'000};  ///< from the start to the end of the response's header
  milliseconds total{60'000};
  std::int64_t slow_bytes = 100;       ///< fewer bytes a second than this ...
  std::chrono::seconds slow_time{20};  ///< ... for this long ends the transfer
  std::int64_t body_bytes = 16 << 20;  ///< after decompression
  std::int64_t wire_bytes = 8 << 20;   ///< before it
  std::int64_t ratio = 50;             ///< decompressed to wire, once over `ratio_above`
  std::int64_t ratio_above = 4 << 20;
  std::size_t header_bytes = 64 << 10;
  std::size_t header_lines = 100;
  int redirects = 5;
};

enum class Method { get, post };

struct HttpRequest {
  std::string url;
  Method method = Method::get;
  std::string body;                  ///< POST only
  std::vector<std::string> headers;  ///< "Name: value"; sent as they are
  std::string user_agent;
  Limits limits;
  /// Asked with the address (as text) that is about to be used; "no" ends the exchange as busy_address. May be empty.
  std::function<bool(const std::string& address)> may_use_address;
};

class Headers {
 public:
  /// Values as raw bytes without the spaces around them. Names are compared ignoring case.
  std::optional<std::string_view> find(std::string_view name) const;  ///< the first of that name
  std::vector<std::string_view> all(std::string_view name) const;
  void add(std::string name, std::string value) { lines_.emplace_back(std::move(name), std::move(value)); }
  void clear() { lines_.clear(); }
  std::size_t size() const { return lines_.size(); }

 private:
  std::vector<std::pair<std::string, std::string>> lines_;
};

/// What came back. With a `failure`, nothing but `address` and the costs is meaningful. Any status is an answer, not a
/// failure: 404 has status 404 and no failure.
struct HttpAnswer {
  std::optional<Failure> failure;
  int status = 0;
  Headers headers;      ///< of the final response; informational ones (103) are dropped
  std::string body;     ///< decompressed; for a status other than 2xx at most its first 64 KB
  std::string address;  ///< the IP address used; empty where none was reached
  std::int64_t wire_bytes = 0;
  milliseconds took{0};
};

class HttpClient {
 public:
  virtual ~HttpClient() = default;
  /// Begins one exchange. `done` is called once, from within drive() (never from start()).
  virtual void start(HttpRequest request, std::function<void(HttpAnswer)> done) = 0;
  /// Moves all exchanges on; waits for something to happen for at most `longest`. Returns how many are still going.
  virtual std::size_t drive(milliseconds longest) = 0;
  /// Makes a drive() that waits return soon. May be called from any thread.
  virtual void wake() = 0;
  /// Ends every exchange as `cancelled` without waiting.
  virtual void cancel_all() = 0;
};

struct ClientSettings {
  AddressGuard guard;
  std::string proxy;     ///< empty: none, whatever the environment says
  std::string ca_file;   ///< empty: the system's
  int connections = 64;  ///< how many idle connections are kept
};

/// Reads the guard and the proxy from the settings. Errors: malformed, with one line for the operator.
Result<ClientSettings> client_settings(const config::FetchSettings& settings);
std::unique_ptr<HttpClient> make_http_client(ClientSettings settings);

/// "voice/0.1.0 (+https://hub.example/bot)": who we are, for requests that serve no particular feed.
std::string plain_user_agent(std::string_view base_url);
/// With subscribers and feed id, in the form that hosts count subscribers by. Who reads our pages is not counted anywhere, so
/// `subscribers` is one for all of them and one for each program that asked our hub for the blog's posts.
std::string feed_user_agent(std::string_view base_url, std::int64_t subscribers, std::int64_t feed_id);

}  // namespace voice::fetcher
