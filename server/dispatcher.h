// server/dispatcher.h - from a request to its answer: route, guards, cache, handler, headers. No sockets.
#pragma once
#include <atomic>

#include "server/page_cache.h"
#include "server/request.h"
#include "server/response.h"
#include "server/router.h"

namespace voice::server {

class Dispatcher {
 public:
  /// All three outlive this.
  Dispatcher(const Router& router, const Site& site, store::Database& db);

  /// Answers one request; never throws. `request` has everything but `viewer`, `captures` and `id`, which are filled here.
  Response answer(Request request);

  /// The largest body that the route for this method and path takes, in bytes; 0 where none is expected.
  std::size_t body_limit(std::string_view method, std::string_view path) const;

 private:
  Response routed(Request& request);
  Response cached(const Route& route, const Request& request);
  Response made(const Route& route, const Request& request);
  Response from_fallbacks(const Request& request);
  Response finished(const Request& request, Response response);

  const Router& router_;
  const Site& site_;
  store::Database& db_;
  PageCache cache_;
  std::atomic<std::uint64_t> count_{0};
};

}  // namespace voice::server
