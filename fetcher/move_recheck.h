// fetcher/move_recheck.h - after a subscription moved, its old address is asked now and then for a month.
//
// An owner who takes a redirect back says that the move was a mistake. Once a week the old address is asked; if it answers
// by itself with the same feed, the subscription goes back there.
#pragma once
#include <stop_token>

#include "base/clock.h"
#include "base/log.h"
#include "config/settings.h"
#include "fetcher/http_client.h"
#include "store/db.h"

namespace voice::fetcher {

/// Asks the old addresses that are due, one after the other, a few at a time; returns how many moves were undone. `client` must
/// have nothing else under way. Asked to stop, it ends within four seconds.
int recheck_moves(store::Database& database, HttpClient& client, const config::Settings& settings, sys_seconds now,
                  Log& log, const std::stop_token& stop = {});

}  // namespace voice::fetcher
