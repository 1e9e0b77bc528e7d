// fetcher/pacing.h - when a feed that answered is asked again.
//
// The longest of everything that asks us to wait wins: our own estimate from how often the blog is written, the cache
// lifetime the server gave (max-age, Expires), the document's ttl, updatePeriod, skipHours and skipDays, Retry-After, and
// the rest that comes from having a WebSub hub. What others ask is honoured to a day, so a max-age of sixteen years (it has
// been met) does not lose a blog. Times count from the end of the response.
#pragma once
#include <cstdint>
#include <optional>
#include <span>

#include "base/clock.h"
#include "base/tokens.h"
#include "config/settings.h"
#include "fetcher/http_client.h"

namespace voice::fetcher {

using std::chrono::seconds;

struct PacingRules {
  seconds first{3600};  ///< until we know better
  seconds floor{600};   ///< whoever asks
  seconds longest{86400};
  double jitter = 0.25;
};
PacingRules pacing_rules(const config::FetchSettings& settings);

/// What a response's header says about coming back.
struct ServerHints {
  seconds fresh_for{0};                ///< max-age less Age, else Expires less now; 0: not said, or already stale
  std::optional<seconds> retry_after;  ///< seconds or a date; 60 seconds to 7 days
};
ServerHints read_server_hints(const Headers& headers, sys_seconds now);

/// A sixth of the mean gap of the newest posts (at most ten dates are looked at), within [half of first, longest]; three
/// times the longest after a year of silence; `first` where there are not two dates. Dates in the future are left out.
seconds adaptive_interval(std::span<const sys_seconds> posts, sys_seconds now, const PacingRules& rules);

struct PacingFacts {
  seconds adaptive{3600};
  std::optional<sys_seconds> newest_post;
  seconds document_hint{0};      ///< the longest of ttl and updatePeriod
  std::uint32_t skip_hours = 0;  ///< bit h: not in that hour, UTC
  std::uint8_t skip_days = 0;    ///< bit d: not on that weekday (0 is Sunday), UTC
  ServerHints server;
  bool has_validators = true;
  std::int64_t body_bytes = 0;
  bool push_active = false;
  bool move_pending = false;  ///< each poll costs the old server a request for nothing
};

/// The moment of the next poll. `now` is when the response ended.
sys_seconds next_poll(const PacingFacts& facts, sys_seconds now, const PacingRules& rules, TokenSource& chance);

/// `at`, or the first moment after it that skipHours and skipDays leave open; at most a day later.
sys_seconds outside_skipped(sys_seconds at, std::uint32_t skip_hours, std::uint8_t skip_days);

}  // namespace voice::fetcher
