#include "fetcher/back_off.h"

#include <algorithm>

namespace voice::fetcher {
namespace {
constexpr seconds kDay{86400};
constexpr seconds kWeek = 7 * kDay;
constexpr seconds kTooManyRequests{3600};  // 429 without a word on when to come back

seconds doubled(seconds base, std::int64_t times, seconds most) {
  for (std::int64_t i = 0; i < times && base < most; ++i) base *= 2;
  return std::min(base, most);
}
}  // namespace

bool needs_owner(FailureClass kind) {
  switch (kind) {
    case FailureClass::unauthorised:
    case FailureClass::forbidden:
    case FailureClass::not_found:
    case FailureClass::name_not_found:
    case FailureClass::bad_address:
    case FailureClass::refused_address: return true;
    default: return false;
  }
}

std::optional<seconds> back_off(const FailureFacts& facts, const PacingRules& rules) {
  const auto pace = std::max({facts.interval, rules.floor, seconds{1}});
  seconds wait{0};
  if (facts.kind == FailureClass::gone) {
    if (facts.failures > 1) return std::nullopt;
    wait = kDay;
  } else if (facts.kind == FailureClass::rate_limited && !facts.retry_after) {
    wait = std::max(pace, doubled(kTooManyRequests, facts.failures - 1, kDay));
  } else {
    wait = doubled(pace, facts.failures, needs_owner(facts.kind) ? kWeek : kDay);
  }
  if (facts.retry_after) wait = std::max(wait, *facts.retry_after);
  return wait;
}

}  // namespace voice::fetcher
