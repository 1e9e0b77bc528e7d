#include "fetcher/move_rules.h"

#include <algorithm>

#include "base/url.h"

namespace voice::fetcher {
namespace {

constexpr std::int64_t kPolls = 3;

// http://a/b to https://a/b: what the owner of the same host says about the same document is believed at once.
bool is_upgrade(const std::string& from, const std::string& to) {
  const auto a = parse_url(from);
  const auto b = parse_url(to);
  return a && b && a->scheme == "http" && b->scheme == "https" && a->host == b->host && !a->port && !b->port &&
         a->path == b->path && a->query == b->query;
}

}  // namespace

std::string permanent_target(const std::vector<Hop>& trail) {
  const bool all = !trail.empty() && std::all_of(trail.begin(), trail.end(),
                                                 [](const Hop& hop) { return hop.status == 301 || hop.status == 308; });
  return all ? trail.back().to : std::string();
}

MoveDecision judge_move(const MoveWatch& watch, const MoveEvidence& evidence, sys_seconds now,
                        const PacingRules& rules) {
  if (evidence.old_address_lost && !watch.to.empty())
    return {{}, watch.to, "the old address is gone after it had redirected permanently"};
  if (!evidence.answered) return {watch, {}, {}};
  const auto target = permanent_target(evidence.trail);
  if (target.empty() || !evidence.same_feed || target == evidence.url) return {};
  if (is_upgrade(evidence.url, target)) return {{}, target, "the same address is served securely"};

  MoveWatch next = watch;
  if (next.to != target) next = {.to = target, .count = 0, .since = now};
  ++next.count;
  const auto span = rules.longest * 2;  // 48 hours by default
  if (next.count >= kPolls && next.since && now - *next.since >= span)
    return {{}, target, "it has redirected permanently for " + std::to_string(next.count) + " polls in a row"};
  return {next, {}, {}};
}

}  // namespace voice::fetcher
