#include "store/fts5.h"

#include <sqlite3.h>

#include "store/db.h"

namespace voice::store {

// The way that SQLite's documentation of FTS5 gives (section 7).
fts5_api* fts5_of(sqlite3* handle) {
  fts5_api* api = nullptr;
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(handle, "SELECT fts5(?1)", -1, &statement, nullptr) == SQLITE_OK) {
    sqlite3_bind_pointer(statement, 1, static_cast<void*>(&api), "fts5_api_ptr", nullptr);
    sqlite3_step(statement);
  }
  sqlite3_finalize(statement);
  if (api == nullptr) throw DatabaseError("this SQLite was built without FTS5, which search needs");
  return api;
}

}  // namespace voice::store
