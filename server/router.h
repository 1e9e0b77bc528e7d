// server/router.h - which handler answers which address, and who may ask.
//
// A route is one line: method, pattern, who may, handler. A read handler is lent a Reader, so a GET cannot change anything;
// only a write handler is given the Database, and only for an unsafe method. Who may, the form token and the body's size
// are checked before the handler runs, because its route says so (server/guards.h).
#pragma once
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "server/request.h"
#include "server/response.h"
#include "server/site.h"
#include "store/db.h"

namespace voice::server {

enum class Who {
  anyone,
  member,  ///< signed in
  editor,
  administrator,
  machine,  ///< the handler checks a signature or token itself; no session and no form token is looked at
};

/// How an answer may be kept.
enum class Caching {
  none,        ///< no-store
  per_change,  ///< the same for every reader until the store's change number or the London day moves
};

using ReadHandler = std::function<Response(const Request&, const Site&, store::Reader&)>;
using WriteHandler = std::function<Response(const Request&, const Site&, store::Database&)>;

constexpr std::size_t kFormLimit = 64 * 1024;

struct Route {
  std::string method;
  std::string pattern;  ///< "/blogs/{slug}"; a capture is one path segment or a part of one ("/blogs/{slug}.atom")
  Who who = Who::anyone;
  Caching caching = Caching::none;
  std::size_t body_limit = 0;
  ReadHandler read;
  WriteHandler write;
};

/// What a path leads to: a route, or the methods that would have done (empty: no such page).
struct Match {
  const Route* route = nullptr;
  Fields captures;
  std::vector<std::string> allowed;
};

class Router {
 public:
  /// A page or feed that is the same for every reader; kept until the store changes.
  void page(std::string pattern, ReadHandler handler);
  /// A GET that is made afresh each time (signed-in pages, health, random).
  void get(std::string pattern, Who who, ReadHandler handler);
  void post(std::string pattern, Who who, WriteHandler handler, std::size_t body_limit = kFormLimit);
  /// Asked in order where no route fits, or a page answers 404, for addresses that are views of the store: whatever
  /// `handler` answers with a 404 goes on to the next one.
  void fallback(ReadHandler handler);

  /// HEAD finds what GET finds.
  Match find(std::string_view method, std::string_view path) const;
  const std::vector<Route>& fallbacks() const { return fallbacks_; }
  /// Every route, fewest captures first, for tests that must leave none out.
  const std::vector<Route>& routes() const { return routes_; }

 private:
  void add(Route route);
  std::vector<Route> routes_;
  std::vector<Route> fallbacks_;
};

}  // namespace voice::server
