// store/health.h - can this database do its work?
#pragma once
#include <string>

#include "store/db.h"

namespace voice::store {

/// Opens and closes a transaction that writes, and reads the schema's number. Empty: all is well; otherwise one line that
/// says what is not. Waits for the writer's turn.
std::string why_not_ready(Database& db);

}  // namespace voice::store
