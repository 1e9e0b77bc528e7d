#include "server/dispatcher.h"

#include <algorithm>
#include <exception>
#include <memory>

#include "base/text.h"
#include "base/time.h"
#include "server/api.h"
#include "server/error_pages.h"
#include "server/guards.h"
#include "server/headers.h"
#include "server/listing.h"

namespace voice::server {
namespace {

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : ", ") + part;
  return text;
}

bool is_for_machines(std::string_view path) {
  return path.starts_with("/api/") || path.ends_with(".atom") || path.ends_with(".rss") || path.ends_with(".json") ||
         path.ends_with(".opml");
}

/// One address, one answer, except that readers may choose light or dark pages by a cookie.
std::string cache_key(const Request& request) {
  std::string key = request.target();
  if (const auto theme = request.cookie("theme"); theme == "light" || theme == "dark") key += " " + theme;
  return key;
}

bool is_feed(std::string_view content_type) {
  return content_type.starts_with("application/atom+xml") || content_type.starts_with("application/rss+xml");
}

/// Browsers show application/atom+xml and application/rss+xml as plain text, whatever stylesheet they name; the same bytes
/// as application/xml are styled.
std::string type_for(const Request& request, const std::string& content_type) {
  const bool styled = is_feed(content_type) && request.header("Sec-Fetch-Dest") == "document";
  return styled ? "application/xml; charset=utf-8" : content_type;
}

std::string vary_of(std::string_view content_type) {
  if (is_feed(content_type)) return "Accept-Encoding, Sec-Fetch-Dest";
  if (content_type.starts_with("text/html")) return "Accept-Encoding, Cookie";
  return "Accept-Encoding";
}

constexpr std::size_t kWorthCompressing = 256;

/// Sends the shared bytes in the best form, or says that the client has them.
void negotiate(const Request& request, Response& response) {
  const auto& shared = *response.shared;
  const bool compressible = is_compressible(shared.content_type());
  if (compressible) response.set("Vary", vary_of(shared.content_type()));
  if (compressible && shared.bytes(Encoding::identity).size() >= kWorthCompressing)
    response.encoding = accepted_encoding(request.header("Accept-Encoding"));
  response.set("ETag", shared.etag(response.encoding));
  if (response.last_modified) response.set("Last-Modified", rfc822(*response.last_modified));
  if (is_unchanged(request, shared, response.last_modified)) {
    response.status = 304;
    response.shared = nullptr;
    return;
  }
  response.set("Content-Type", type_for(request, shared.content_type()));
  if (response.encoding != Encoding::identity) response.set("Content-Encoding", name_of(response.encoding));
}

/// Turns a handler's text into shared bytes, so that it is hashed and compressed once.
Response shareable(Response response, sys_seconds now) {
  if (response.status != 200) return response;
  if (!response.shared) {
    const std::string* type = response.header("Content-Type");
    response.shared = std::make_shared<const Representation>(std::move(response.body), type ? *type : "text/plain");
    response.body.clear();
  }
  if (!response.last_modified) response.last_modified = now;
  if (!response.header("Cache-Control")) response.set("Cache-Control", "public, max-age=60");
  return response;
}

}  // namespace

Dispatcher::Dispatcher(const Router& router, const Site& site, store::Database& db, std::chrono::milliseconds rest)
    : router_(router), site_(site), db_(db), shown_(rest), id_prefix_(site.tokens.token(4)) {}

Response Dispatcher::answer(Request request) {
  request.id = id_prefix_ + "-" + std::to_string(++count_);
  if (request.method == "HEAD") {
    request.method = "GET";
    request.head_only = true;
  }
  Response response;
  try {
    std::optional<Stamp> kept_at;
    response = routed(request, kept_at);
    if (kept_at && response.status == 200) keep_hot(request, response, *kept_at);
    response = finished(request, std::move(response));
  } catch (const std::exception& failure) {
    response = after_failure(request, failure.what());
  } catch (...) {
    response = after_failure(request, "an exception that says nothing");
  }
  settle(request, response, site_, db_);
  ++by_class_[static_cast<std::size_t>(std::clamp(response.status / 100, 0, 5))];
  return response;
}

Response Dispatcher::routed(Request& request, std::optional<Stamp>& kept_at) {
  if (!request.path.starts_with('/') || !is_valid_utf8(request.path)) return failure(400);
  Match match = router_.find(request.method, request.path);
  if (!match.route && !match.allowed.empty()) return wrong_method(request, match);
  if (!match.route && request.method == "OPTIONS" && is_for_machines(request.path)) return wrong_method(request, match);
  if (!match.route && request.method != "GET") return is_a_view(request) ? wrong_method(request, match) : failure(404);
  request.captures = std::move(match.captures);
  if (!match.route) return kept(nullptr, request, kept_at);
  if (match.route->write) request.form_page = page_above(request.path);
  if (auto refusal = guard(*match.route, request, site_, db_)) return std::move(*refusal);
  // Whoever is signed in may see more on a page than others, so theirs is never kept.
  if (match.route->caching == Caching::per_change && !request.viewer.signed_in())
    return kept(match.route, request, kept_at);
  return made(match.route, request);
}

// Feeds and days are found by looking and not by a route.
bool Dispatcher::is_a_view(const Request& request) {
  const auto page = std::string_view(request.path).substr(0, request.path.rfind('.'));
  return find_listing(*db_.reader(), site_, page, request.query).has_value();
}

// Buttons send to addresses below the page they stand on.
std::string Dispatcher::page_above(std::string path) const {
  while (path.size() > 1 && !router_.find("GET", path).route) path.erase(path.rfind('/'));
  return path.empty() ? "/" : path;
}

Response Dispatcher::wrong_method(const Request& request, const Match& match) const {
  const std::string allowed = match.allowed.empty() ? "GET, HEAD" : joined(match.allowed);
  if (request.method != "OPTIONS") return failure(405).set("Allow", allowed);
  Response response = no_content();
  response.set("Allow", allowed + ", OPTIONS");
  if (is_for_machines(request.path)) {
    response.set("Access-Control-Allow-Origin", "*");
    response.set("Access-Control-Allow-Methods", allowed);
    response.set("Access-Control-Allow-Headers", "If-None-Match, If-Modified-Since");
    response.set("Access-Control-Max-Age", "86400");
  }
  return response;
}

Stamp Dispatcher::stamp() {
  return {.change_number = shown_.of(db_.change_number()), .day = unix_seconds(london(site_.clock.now())) / 86400};
}

/// As if the whole answer had been asked for, so that a crowd of readers who already have it is served the short way too.
void Dispatcher::keep_hot(const Request& request, const Response& response, Stamp stamp) {
  Request whole = request;
  whole.headers = {};
  for (const auto& [name, value] : request.headers)
    if (!equals_ignoring_case(name, "If-None-Match") && !equals_ignoring_case(name, "If-Modified-Since"))
      whole.headers.add(name, value);
  hot_.keep(whole, finished(whole, response), stamp);
}

std::shared_ptr<const HotAnswer> Dispatcher::ready_answer(const Head& head) {
  auto answer = hot_.find(head, stamp());
  if (answer) {
    const bool unchanged = names_fingerprint(head.header("If-None-Match"), answer->fingerprint);
    ++count_;
    ++by_class_[unchanged ? 3 : 2];
  }
  return answer;
}

Response Dispatcher::kept(const Route* route, const Request& request, std::optional<Stamp>& kept_at) {
  const Stamp now = stamp();
  kept_at = now;
  return cache_.get(cache_key(request), now, [&] { return shareable(made(route, request), site_.clock.now()); });
}

Response Dispatcher::made(const Route* route, const Request& request) {
  if (route && route->write) {
    auto response = route->write(request, site_, db_);
    shown_.catch_up();
    return response;
  }
  const auto reader = db_.reader();
  const store::Snapshot snapshot(*reader);
  if (!route) return from_fallbacks(request, *reader);
  Response response = route->read(request, site_, *reader);
  // "/blogs/ann.atom" looks like a blog called "ann.atom", which there is not.
  const bool has_own_words = response.shared || !response.body.empty();
  if (response.status == 404 && !has_own_words && route->caching == Caching::per_change)
    return from_fallbacks(request, *reader);
  return response;
}

Response Dispatcher::from_fallbacks(const Request& request, store::Reader& reader) {
  for (const Route& route : router_.fallbacks()) {
    Response response = route.read(request, site_, reader);
    if (response.status != 404) return response;
  }
  const auto shorter = request.path.substr(0, request.path.find_last_not_of('/') + 1);
  if (shorter.size() < request.path.size() && !shorter.empty() && router_.find("GET", shorter).route)
    return moved_permanently(shorter);
  return not_found();
}

Response Dispatcher::after_failure(const Request& request, std::string_view why) {
  site_.log.error("{}: {} {}: {}", request.id, request.method, request.path, why);
  Response response = error_page(request, site_, 500, request.id);
  response.set("Cache-Control", "no-store");
  add_security_headers(response, site_.is_https());
  return response;
}

Response Dispatcher::failure_page(const Request& request, int status) const {
  if (!request.path.starts_with("/api/")) return error_page(request, site_, status, {});
  return api_failure(site_, status);
}

Response Dispatcher::finished(const Request& request, Response response) {
  const bool has_body = response.shared || !response.body.empty();
  if (response.status >= 400 && !has_body) {
    const auto headers = std::move(response.headers);
    response = failure_page(request, response.status);
    for (const auto& [name, value] : headers) response.set(name, value);
  }
  if (response.shared) negotiate(request, response);
  if (!response.header("Cache-Control")) response.set("Cache-Control", "private, no-store");
  add_security_headers(response, site_.is_https());
  return response;
}

Response Dispatcher::refusal(int status) {
  ++by_class_[static_cast<std::size_t>(std::clamp(status / 100, 0, 5))];
  Response response = error_page({}, site_, status, {});
  response.set("Cache-Control", "no-store");
  if (status == 503) response.set("Retry-After", "5");
  add_security_headers(response, site_.is_https());
  return response;
}

std::size_t Dispatcher::body_limit(std::string_view method, std::string_view path) const {
  const Match match = router_.find(method, path);
  // Where nothing takes a body a short one is read all the same, so that the answer can say what is wrong.
  return match.route && match.route->write ? match.route->body_limit : kFormLimit;
}

MetricsSource Dispatcher::metrics() const {
  return [this](MetricsPage& page) {
    for (std::size_t hundreds = 1; hundreds < by_class_.size(); ++hundreds)
      page.add("voice_http_responses_total", "counter", "Answers by class of status.",
               static_cast<double>(by_class_[hundreds].load()), "class=\"" + std::to_string(hundreds) + "xx\"");
    page.add("voice_page_cache_bytes", "gauge", "Memory that kept pages and feeds use.",
             static_cast<double>(cache_.bytes()));
    page.add("voice_change_number", "gauge", "Goes up when anything that pages show has changed.",
             static_cast<double>(db_.change_number()));
  };
}

}  // namespace voice::server
