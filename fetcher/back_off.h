// fetcher/back_off.h - when a feed that failed is asked again.
//
// Every failure doubles the wait, up to a day for faults that pass (timeouts, 5xx, broken bodies) and up to a week for those
// that somebody has to put right (404, 403, 401, no such name). Nothing is dead after three errors: one good answer and the
// feed is back at its own pace. Only 410 ends it: asked once more after a day, then left alone.
#pragma once
#include <optional>

#include "base/clock.h"
#include "fetcher/failure.h"
#include "fetcher/pacing.h"

namespace voice::fetcher {

struct FailureFacts {
  FailureClass kind = FailureClass::connect;
  std::int64_t failures = 1;           ///< in a row, this one included
  seconds interval{3600};              ///< the feed's own pace
  std::optional<seconds> retry_after;  ///< asked by the server
};

/// How long to leave the feed alone; nothing: for good, and tell its owner.
std::optional<seconds> back_off(const FailureFacts& facts, const PacingRules& rules);

/// True when the owner can do something that waiting does not do.
bool needs_owner(FailureClass kind);

}  // namespace voice::fetcher
