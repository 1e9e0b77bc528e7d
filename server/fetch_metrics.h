// server/fetch_metrics.h - the poller's figures for /metrics.
#pragma once
#include <functional>

#include "base/clock.h"
#include "fetcher/poller.h"
#include "server/metrics.h"
#include "store/db.h"

namespace voice::server {

/// `poller` may be empty where nothing polls in this process; then only what is stored is told.
MetricsSource fetch_metrics(store::Database& database, const Clock& clock,
                            std::function<fetcher::PollFigures()> poller);

}  // namespace voice::server
