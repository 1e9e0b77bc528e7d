// server/first_start.h - how the first administrator comes to be.
#pragma once
#include <string>

#include "server/site.h"
#include "store/db.h"

namespace voice::server {

/// A one-time address for making the first administrator, for the operator's screen only; empty where there is one already.
/// Each call makes a new address and ends the one before.
std::string first_administrator_address(store::Database& db, const Site& site);

}  // namespace voice::server
