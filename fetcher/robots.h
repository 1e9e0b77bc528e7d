// fetcher/robots.h - what a site asks robots not to fetch (RFC 9309).
//
// Asked before guessing at addresses that nobody gave us, which is crawling in small. A feed that its blogger submitted is
// fetched whatever robots.txt says: that is a person's wish, and most files that forbid feeds mean search engines.
#pragma once
#include <string_view>

namespace voice::fetcher {

/// Whether `target` (path and query, beginning with '/') may be fetched by `agent`, a product name such as "voice". The group
/// for that name counts, else the one for *; in it the longest rule wins, and allow wins a tie.
bool robots_allow(std::string_view robots_txt, std::string_view agent, std::string_view target);

}  // namespace voice::fetcher
