#include "server/router.h"

#include <algorithm>
#include <cassert>
#include <optional>

namespace voice::server {
namespace {

/// Matches one capture: the shortest text before what follows it in the pattern, never empty, never across '/'.
std::optional<Fields> match_pattern(std::string_view pattern, std::string_view path) {
  Fields captures;
  while (!pattern.empty()) {
    if (pattern.front() != '{') {
      if (path.empty() || path.front() != pattern.front()) return std::nullopt;
      pattern.remove_prefix(1);
      path.remove_prefix(1);
      continue;
    }
    const auto close = pattern.find('}');
    const auto name = pattern.substr(1, close - 1);
    pattern.remove_prefix(close + 1);
    const auto segment = path.substr(0, path.find('/'));
    const auto literal = pattern.substr(0, pattern.find_first_of("{/"));
    const auto end = literal.empty() ? segment.size() : segment.rfind(literal);
    if (end == std::string_view::npos || end == 0) return std::nullopt;
    captures.add(std::string(name), std::string(segment.substr(0, end)));
    path.remove_prefix(end);
  }
  return path.empty() ? std::optional(std::move(captures)) : std::nullopt;
}

std::size_t captures_in(std::string_view pattern) { return static_cast<std::size_t>(std::ranges::count(pattern, '{')); }

}  // namespace

void Router::add(Route route) {
  assert(route.pattern.starts_with('/'));
  // Fewer captures first, so that "/blogs/new" is not taken for a blog called new.
  const auto place = std::ranges::find_if(
      routes_, [&](const Route& other) { return captures_in(other.pattern) > captures_in(route.pattern); });
  routes_.insert(place, std::move(route));
}

void Router::page(std::string pattern, ReadHandler handler) {
  add({.method = "GET",
       .pattern = std::move(pattern),
       .who = Who::anyone,
       .caching = Caching::per_change,
       .body_limit = 0,
       .read = std::move(handler),
       .write = {}});
}

void Router::get(std::string pattern, Who who, ReadHandler handler) {
  add({.method = "GET",
       .pattern = std::move(pattern),
       .who = who,
       .caching = Caching::none,
       .body_limit = 0,
       .read = std::move(handler),
       .write = {}});
}

void Router::post(std::string pattern, Who who, WriteHandler handler, std::size_t body_limit) {
  add({.method = "POST",
       .pattern = std::move(pattern),
       .who = who,
       .caching = Caching::none,
       .body_limit = body_limit,
       .read = {},
       .write = std::move(handler)});
}

void Router::fallback(ReadHandler handler) {
  fallbacks_.push_back({.method = "GET",
                        .pattern = "",
                        .who = Who::anyone,
                        .caching = Caching::per_change,
                        .body_limit = 0,
                        .read = std::move(handler),
                        .write = {}});
}

Match Router::find(std::string_view method, std::string_view path) const {
  const std::string_view wanted = method == "HEAD" ? "GET" : method;
  Match match;
  for (const Route& route : routes_) {
    auto captures = match_pattern(route.pattern, path);
    if (!captures) continue;
    if (route.method == wanted) return {.route = &route, .captures = std::move(*captures), .allowed = {}};
    match.allowed.push_back(route.method);
    if (route.method == "GET") match.allowed.emplace_back("HEAD");
  }
  std::ranges::sort(match.allowed);
  match.allowed.erase(std::unique(match.allowed.begin(), match.allowed.end()), match.allowed.end());
  return match;
}

}  // namespace voice::server
