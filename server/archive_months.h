// server/archive_months.h - which months of the river are over for good.
//
// A post that arrives late is filed up to seven days back (river_at = max(first_seen - 7 days, ...)), so a month can still gain
// posts in the first week of the next. It is closed, and gets its archive document, when nothing can come any more.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "store/db.h"

namespace voice::server {

using Month = std::chrono::year_month;

std::optional<Month> parse_month(std::string_view year, std::string_view month);  ///< "2026", "05"
sys_seconds start_of(Month month);                                                ///< its first instant in London
bool is_closed(Month month, sys_seconds now);
/// The closest month with posts before `month`; nothing where there is none.
std::optional<Month> month_with_posts_before(store::Reader& db, Month month, sys_seconds now);
/// The newest closed month with posts.
std::optional<Month> newest_closed_month(store::Reader& db, sys_seconds now);
std::string archive_stem(Month month);  ///< "/archive/2026/05"

}  // namespace voice::server
