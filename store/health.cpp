#include "store/health.h"

namespace voice::store {

std::string why_not_ready(Database& db) {
  try {
    db.write([](Writer&) {});
    return db.schema_version() > 0 ? "" : "the database has no tables";
  } catch (const DatabaseError& failure) {
    return failure.what();
  }
}

}  // namespace voice::store
