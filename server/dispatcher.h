// server/dispatcher.h - from a request to its answer: route, guards, cache, handler, headers. No sockets.
#pragma once
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/hot_answers.h"
#include "server/page_cache.h"
#include "server/request.h"
#include "server/response.h"
#include "server/router.h"
#include "server/shown_change.h"

namespace voice::server {

class Dispatcher {
 public:
  /// All three outlive this. `router` and `site` don't change any more. Kept pages follow what is polled at most once in
  /// `rest` (server/shown_change.h).
  Dispatcher(const Router& router, const Site& site, store::Database& db, std::chrono::milliseconds rest = {});

  /// Answers one request; never throws. `viewer`, `captures` and `id` of the request are filled here.
  Response answer(Request request);

  /// The finished answer to a head that many have sent before; nullptr: ask answer(). Never waits.
  std::shared_ptr<const HotAnswer> ready_answer(const Head& head);

  /// The answer to a request that was not read to its end: too large, unreadable, too many at once. Never throws.
  Response refusal(int status);

  /// The largest body that the route for this method and path takes, in bytes; 0 where none is expected.
  std::size_t body_limit(std::string_view method, std::string_view path) const;

  /// Requests by status and kept pages, for Metrics::add_source. Valid as long as this.
  MetricsSource metrics() const;

 private:
  /// `kept_at`: set where the answer came from the page cache.
  Response routed(Request& request, std::optional<Stamp>& kept_at);
  std::string page_above(std::string path) const;
  Response wrong_method(const Request& request, const Match& match) const;
  Response kept(const Route* route, const Request& request, std::optional<Stamp>& kept_at);
  void keep_hot(const Request& request, const Response& response, Stamp stamp);
  Response made(const Route* route, const Request& request);
  bool is_a_view(const Request& request);
  Response from_fallbacks(const Request& request, store::Reader& reader);
  Response after_failure(const Request& request, std::string_view why);
  Response failure_page(const Request& request, int status) const;
  Response finished(const Request& request, Response response);
  Stamp stamp();

  const Router& router_;
  const Site& site_;
  store::Database& db_;
  PageCache cache_;
  HotAnswers hot_;
  ShownChange shown_;
  const std::string id_prefix_;
  std::atomic<std::uint64_t> count_{0};
  std::array<std::atomic<std::uint64_t>, 6> by_class_{};  ///< [2]: answers of 200 to 299
};

}  // namespace voice::server
