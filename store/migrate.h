// store/migrate.h - brings a database file to the schema this program knows.
#pragma once
#include "store/db.h"

namespace voice::store {

/// Runs the embedded migrations (store/migrations/NNNN_what_it_does.sql) that the file has not had, in order, inside the
/// caller's transaction. Throws DatabaseError when the file was written by a newer program.
void migrate(Writer& db);

}  // namespace voice::store
