// store/fetch_figures.h - how polling is going, as figures for the page about our fetcher.
#pragma once
#include <optional>

#include "store/db.h"

namespace voice::store {

struct FetchFigures {
  std::int64_t feeds = 0;            ///< of active blogs
  std::int64_t failing = 0;          ///< of those, whose last refresh failed
  std::int64_t polled_last_day = 0;  ///< feeds asked at least once in the last 24 hours
  std::optional<sys_seconds> last_poll;
};
FetchFigures fetch_figures(Reader& db, sys_seconds now);

}  // namespace voice::store
