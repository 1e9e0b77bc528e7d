// store/fts5.h - what SQLite's full-text search lets a program see of itself. Private to this room.
#pragma once

struct sqlite3;
struct fts5_api;

namespace voice::store {

/// Its functions on this connection, owned by SQLite. Throws DatabaseError where SQLite was built without it.
fts5_api* fts5_of(sqlite3* handle);

}  // namespace voice::store
