// fetcher/page.h - one page, fetched now, while somebody waits: discovery, icons, the join form, checks of a proof.
//
// Redirects are followed here, at most `limits.redirects` of them, each through the same guard. Feeds that are polled go
// through fetcher/poller.h instead, which paces and remembers.
#pragma once
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "fetcher/http_client.h"

namespace voice::fetcher {

struct Hop {
  std::string from;
  std::string to;
  int status = 0;  ///< 301, 302, 303, 307 or 308
};

struct Page {
  std::string url;   ///< where the body came from, after redirects
  int status = 200;  ///< always 2xx
  Headers headers;
  std::string body;  ///< decompressed bytes, charset as it came
  std::vector<Hop> trail;
};

/// A page or the reason there is none, worded for a person.
class [[nodiscard]] PageOutcome {
 public:
  PageOutcome(Page page) : state_(std::move(page)) {}
  PageOutcome(Failure failure) : state_(std::move(failure)) {}
  explicit operator bool() const { return state_.index() == 0; }
  const Page& operator*() const { return std::get<Page>(state_); }
  const Page* operator->() const { return &std::get<Page>(state_); }
  const Failure& failure() const { return std::get<Failure>(state_); }

 private:
  std::variant<Page, Failure> state_;
};

/// Fetches with GET and waits for the end, at most `limits.total` for each hop. `client` must have nothing else under way.
PageOutcome fetch_page(HttpClient& client, std::string_view url, std::string_view user_agent,
                       const Limits& limits = {});

/// Limits for a page that a person waits for: 10 seconds in all for a hop, 4 MB.
Limits impatient_limits();

/// Why a final status other than 2xx brings nothing. `status` is 300 or over.
Failure failure_of_status(int status);

/// Where a redirect leads: the absolute http(s) address with the fragment dropped, or the failure (bad_redirect).
struct Redirect {
  std::string to;
  std::optional<Failure> failure;
};
Redirect redirect_target(std::string_view from, const HttpAnswer& answer);
bool is_redirect(int status);  ///< 301, 302, 303, 307, 308

/// Cookies of one chain of redirects. Sites that ask for one before they answer are satisfied; nothing outlives the chain.
class ChainCookies {
 public:
  void take(std::string_view url, const Headers& headers);
  /// The Cookie header line for `url`, empty where there is none to send.
  std::string header_for(std::string_view url) const;

 private:
  struct Cookie {
    std::string host;
    std::string name;
    std::string value;
  };
  std::vector<Cookie> cookies_;
};

}  // namespace voice::fetcher
