#include "fetcher/move_rules.h"

#include <doctest/doctest.h>

using namespace voice;
using namespace voice::fetcher;
using namespace std::chrono;

namespace {
const sys_seconds kStart = from_unix_seconds(1'800'000'000);
constexpr const char* kOld = "https://old.example/feed";
constexpr const char* kNew = "https://new.example/feed";

MoveEvidence redirected(int status, const std::string& to = kNew, const std::string& from = kOld) {
  MoveEvidence evidence;
  evidence.url = from;
  evidence.trail = {{from, to, status}};
  evidence.same_feed = true;
  return evidence;
}
}  // namespace

TEST_CASE("a permanent redirect is believed after three polls over two days") {
  const PacingRules rules;
  MoveWatch watch;
  const struct {
    seconds after;
    bool moves;
  } polls[] = {{0h, false}, {20h, false}, {40h, false}, {47h, false}, {48h, true}};
  for (const auto& poll : polls) {
    CAPTURE(poll.after.count());
    const auto decision = judge_move(watch, redirected(301), kStart + poll.after, rules);
    CHECK((decision.move_to == kNew) == poll.moves);
    watch = decision.watch;
  }
  CHECK(watch == MoveWatch{});
}

TEST_CASE("two days alone are not enough") {
  const PacingRules rules;
  auto decision = judge_move({}, redirected(308), kStart, rules);
  decision = judge_move(decision.watch, redirected(308), kStart + days{9}, rules);
  CHECK(decision.move_to.empty());
  CHECK(decision.watch.count == 2);
}

TEST_CASE("what is not the same permanent redirect to the same feed begins anew") {
  const PacingRules rules;
  const MoveWatch watched{.to = kNew, .count = 5, .since = kStart};
  auto mixed = redirected(301);
  mixed.trail.push_back({kNew, "https://third.example/feed", 302});
  auto not_same = redirected(301);
  not_same.same_feed = false;
  MoveEvidence direct;
  direct.url = kOld;
  direct.same_feed = true;
  const struct {
    const char* name;
    MoveEvidence evidence;
  } cases[] = {
      {"302", redirected(302)},
      {"303", redirected(303)},
      {"307", redirected(307)},
      {"301, then 302", mixed},
      {"another feed, a login page, an error", not_same},
      {"no redirect any more", direct},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    const auto decision = judge_move(watched, c.evidence, kStart + days{9}, rules);
    CHECK(decision.move_to.empty());
    CHECK(decision.watch == MoveWatch{});
  }
  const auto elsewhere = judge_move(watched, redirected(301, "https://else.example/feed"), kStart + days{9}, rules);
  CHECK(elsewhere.move_to.empty());
  CHECK(elsewhere.watch.count == 1);
}

TEST_CASE("no answer says nothing either way") {
  const MoveWatch watched{.to = kNew, .count = 2, .since = kStart};
  MoveEvidence silent;
  silent.url = kOld;
  silent.answered = false;
  CHECK(judge_move(watched, silent, kStart + days{9}, {}).watch == watched);
}

TEST_CASE("the same address served securely is believed at once") {
  const auto upgrade = redirected(301, "https://old.example/feed", "http://old.example/feed");
  CHECK(judge_move({}, upgrade, kStart, {}).move_to == "https://old.example/feed");
  CHECK(judge_move({}, redirected(302, "https://old.example/feed", "http://old.example/feed"), kStart, {})
            .move_to.empty());
  CHECK(judge_move({}, redirected(301, "https://old.example/other", "http://old.example/feed"), kStart, {})
            .move_to.empty());
  CHECK(judge_move({}, redirected(301, "https://www.old.example/feed", "http://old.example/feed"), kStart, {})
            .move_to.empty());
}

TEST_CASE("an old address that is lost while its redirect is watched moves at once") {
  MoveEvidence lost;
  lost.url = kOld;
  lost.old_address_lost = true;
  CHECK(judge_move({.to = kNew, .count = 1, .since = kStart}, lost, kStart + 1h, {}).move_to == kNew);
  CHECK(judge_move({}, lost, kStart + 1h, {}).move_to.empty());
}
