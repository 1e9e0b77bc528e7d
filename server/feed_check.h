// server/feed_check.h - reads a blog's feed while its blogger waits: what it offers, how it will look, what is wrong.
//
// Runs inside a request, so all of it together ends after kCheckTime; what is not known by then is not known.
#pragma once
#include <string>
#include <variant>
#include <vector>

#include "server/site.h"
#include "store/applications.h"

namespace voice::server {

constexpr std::chrono::seconds kCheckTime{20};

/// Why there is nothing to show, as sentences for the blogger.
struct CheckProblem {
  std::string sentence;
  std::string hint;  ///< what can be done; may be empty
};

/// The feeds that a pasted address leads to, each of which answered.
std::variant<std::vector<store::OfferedFeed>, CheckProblem> look_for_feeds(const Site& site,
                                                                           const std::string& address);

/// One feed, with its newest posts as the river will show them and a report of what to mend.
std::variant<store::FeedSnapshot, CheckProblem> look_at_feed(const Site& site, const std::string& feed_url);

/// How the proof was found: "meta", "link" or "feed"; empty where it was not.
std::string look_for_proof(const Site& site, const store::Application& application);
/// The address that a rel=me link must have to prove an application.
std::string proof_address(const Site& site, const std::string& word);

}  // namespace voice::server
