#include "fetcher/page.h"

#include <algorithm>

#include "base/text.h"
#include "base/url.h"

namespace voice::fetcher {
namespace {

constexpr std::size_t kCookies = 20;  // of one chain; more is nothing a feed needs
constexpr std::size_t kCookieBytes = 4096;

HttpAnswer exchange(HttpClient& client, HttpRequest request) {
  std::optional<HttpAnswer> answer;
  client.start(std::move(request), [&](HttpAnswer came) { answer = std::move(came); });
  while (!answer) client.drive(milliseconds{200});
  return std::move(*answer);
}

}  // namespace

Limits impatient_limits() {
  Limits limits;
  limits.connect = milliseconds{5'000};
  limits.headers = milliseconds{8'000};
  limits.total = milliseconds{10'000};
  limits.body_bytes = 4 << 20;
  limits.wire_bytes = 4 << 20;
  return limits;
}

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

Failure failure_of_status(int status) {
  switch (status) {
    case 401: return failure(FailureClass::unauthorised, {}, status);
    case 403:
    case 451: return failure(FailureClass::forbidden, {}, status);
    case 404: return failure(FailureClass::not_found, {}, status);
    case 410: return failure(FailureClass::gone, {}, status);
    case 429: return failure(FailureClass::rate_limited, {}, status);
    default: break;
  }
  if (status >= 500 && status < 600) return failure(FailureClass::server_error, {}, status);
  return failure(FailureClass::http_status, {}, status);
}

Redirect redirect_target(std::string_view from, const HttpAnswer& answer) {
  const auto location = answer.headers.find("Location");
  if (!location || trim(*location).empty())
    return {{}, failure(FailureClass::bad_redirect, "no Location", answer.status)};
  const auto base = parse_url(from);
  auto target = base ? resolve_url(*base, *location) : std::nullopt;
  if (!target) return {{}, failure(FailureClass::bad_redirect, std::string(*location), answer.status)};
  if (!target->is_web())
    return {{}, failure(FailureClass::refused_address, "only http and https are fetched, not " + target->scheme)};
  target->fragment.reset();
  return {target->text(), std::nullopt};
}

void ChainCookies::take(std::string_view url, const Headers& headers) {
  const auto parsed = parse_url(url);
  if (!parsed) return;
  for (const auto line : headers.all("Set-Cookie")) {
    const auto pair = trim(line.substr(0, line.find(';')));
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos || equals == 0 || pair.size() > kCookieBytes) continue;
    const std::string name(pair.substr(0, equals));
    std::erase_if(cookies_, [&](const Cookie& c) { return c.host == parsed->host && c.name == name; });
    if (cookies_.size() < kCookies) cookies_.push_back({parsed->host, name, std::string(pair.substr(equals + 1))});
  }
}

std::string ChainCookies::header_for(std::string_view url) const {
  const auto parsed = parse_url(url);
  std::string line;
  if (!parsed) return line;
  for (const auto& cookie : cookies_) {
    if (cookie.host != parsed->host) continue;
    line += line.empty() ? "Cookie: " : "; ";
    line += cookie.name + "=" + cookie.value;
  }
  return line;
}

PageOutcome fetch_page(HttpClient& client, std::string_view url, std::string_view user_agent, const Limits& limits) {
  Page page;
  page.url = std::string(url);
  ChainCookies cookies;
  while (true) {
    HttpRequest request;
    request.url = page.url;
    request.user_agent = std::string(user_agent);
    request.limits = limits;
    if (auto cookie = cookies.header_for(page.url); !cookie.empty()) request.headers.push_back(std::move(cookie));
    auto answer = exchange(client, std::move(request));
    if (answer.failure) return std::move(*answer.failure);
    if (!is_redirect(answer.status)) {
      if (answer.status < 200 || answer.status >= 300) return failure_of_status(answer.status);
      page.status = answer.status;
      page.headers = std::move(answer.headers);
      page.body = std::move(answer.body);
      return page;
    }
    if (page.trail.size() >= static_cast<std::size_t>(limits.redirects))
      return failure(FailureClass::too_many_redirects, page.url);
    auto next = redirect_target(page.url, answer);
    if (next.failure) return std::move(*next.failure);
    cookies.take(page.url, answer.headers);
    page.trail.push_back({page.url, next.to, answer.status});
    page.url = std::move(next.to);
  }
}

}  // namespace voice::fetcher
