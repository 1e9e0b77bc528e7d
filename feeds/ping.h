// feeds/ping.h - blog pings (weblogUpdates over XML-RPC): read and answered. No other XML-RPC is spoken here.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace voice::feeds {

/// The addresses that a weblogUpdates.ping(name, url) or extendedPing(name, url, changes, feed) names, the last one first: the
/// feed's comes before the blog's. Errors: malformed (no XML-RPC), unsupported (another method, or no address in it).
Result<std::vector<std::string>> read_ping(std::string_view body);

/// The struct {flerror, message} that pingers expect.
std::string write_ping_answer(bool failed, std::string_view message);

}  // namespace voice::feeds
