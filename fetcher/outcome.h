// fetcher/outcome.h - what a fetch came to, each case by name.
#pragma once
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "fetcher/pacing.h"
#include "fetcher/page.h"

namespace voice::fetcher {

/// All that one poll of a feed went through: the redirects, and the answer at their end.
struct Trip {
  std::string url;  ///< where it began
  std::string final_url;
  std::vector<Hop> trail;
  HttpAnswer answer;            ///< of the last hop
  bool sent_rejected = false;   ///< the validators sent were those of a body that was no feed
  std::int64_t wire_bytes = 0;  ///< of all hops
  milliseconds took{0};         ///< of all hops, without waiting in line
};

struct Fetched {};  ///< a body, in Trip::answer
struct NotModified {};
struct Gone {
  Failure failure;
};
struct TryLater {  ///< 429, 503 or any other answer with Retry-After
  Failure failure;
  std::optional<seconds> after;
};
struct Failed {
  Failure failure;
};
using Outcome = std::variant<Fetched, NotModified, Gone, TryLater, Failed>;

/// Where a permanent trail leads is judged beside this, by fetcher/move_rules.h.
Outcome outcome_of(const Trip& trip, sys_seconds now);

}  // namespace voice::fetcher
