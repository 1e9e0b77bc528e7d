#include "store/counters.h"

namespace voice::store {

std::int64_t counter(Reader& db, std::string_view name) {
  auto rows = db.query("SELECT value FROM counters WHERE name = :name");
  rows.bind(":name", name);
  return rows.step() ? rows.integer(0) : 0;
}

void set_counter(Writer& db, std::string_view name, std::int64_t value) {
  db.change(R"sql(
    INSERT INTO counters (name, value) VALUES (:name, :value)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value)sql")
      .bind(":name", name)
      .bind(":value", value)
      .run();
}

}  // namespace voice::store
