// fetcher/move_rules.h - when a permanent redirect is believed, and a subscription moves to its new address.
//
// A 301 is easily sent by mistake: hotel login pages, hijacked proxies and broken plugins do it for everybody at once, and a
// reader that believes the first one has lost the feed. So a move needs the same answer three times in a row over two days
// (as two of the longest intervals), a target that is a feed and the same feed, and hops that are all permanent.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "fetcher/pacing.h"
#include "fetcher/page.h"

namespace voice::fetcher {

/// What is kept between polls.
struct MoveWatch {
  std::string to;  ///< empty: nothing is being watched
  std::int64_t count = 0;
  std::optional<sys_seconds> since;
  friend bool operator==(const MoveWatch&, const MoveWatch&) = default;
};

struct MoveEvidence {
  std::string url;                ///< the subscription's address
  std::vector<Hop> trail;         ///< redirects of this poll, in order
  bool answered = true;           ///< false: timeouts and the like, which say nothing either way
  bool same_feed = false;         ///< the end is a feed that shares a post or its id with what we know, or 304 to
                                  ///< validators that came from there
  bool old_address_lost = false;  ///< 404, 410 or no such name at the subscription's own address
};

struct MoveDecision {
  MoveWatch watch;
  std::string move_to;  ///< empty: stay
  std::string reason;
};

MoveDecision judge_move(const MoveWatch& watch, const MoveEvidence& evidence, sys_seconds now,
                        const PacingRules& rules);

/// The end of a trail whose every hop is 301 or 308; empty otherwise.
std::string permanent_target(const std::vector<Hop>& trail);

}  // namespace voice::fetcher
