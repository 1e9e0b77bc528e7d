#include "store/migrate.h"

#include <charconv>
#include <fmt/format.h>

#include "base/embedded.h"
#include "base/text.h"

namespace voice::store {
namespace {

int number_of(std::string_view file_name) {
  int number = 0;
  std::from_chars(file_name.data(), file_name.data() + 4, number);
  return number;
}

// Statements end with a semicolon at the end of a line; triggers end with "END;" and hold others inside.
std::vector<std::string> statements_of(std::string_view script) {
  std::vector<std::string> statements;
  std::string current;
  bool in_trigger = false;
  for (const auto line : split(script, '\n')) {
    if (trim(line).starts_with("--") || trim(line).empty()) continue;
    if (starts_with_ignoring_case(trim(line), "CREATE TRIGGER")) in_trigger = true;
    (current += line) += '\n';
    const auto end = trim(line);
    if (!end.ends_with(';') || (in_trigger && !equals_ignoring_case(end, "END;"))) continue;
    statements.push_back(std::move(current));
    current.clear();
    in_trigger = false;
  }
  return statements;
}

int newest_in(Writer& db) {
  auto rows = db.query("SELECT coalesce(max(number), 0) FROM migrations");
  rows.step();
  return static_cast<int>(rows.integer(0));
}

}  // namespace

void migrate(Writer& db) {
  db.change("CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT").run();
  const int had = newest_in(db);
  int newest = 0;
  for (const auto& file : embedded_migrations_sql()) {
    const int number = number_of(file.name);
    newest = std::max(newest, number);
    if (number <= had) continue;
    for (const auto& statement : statements_of(file.bytes)) db.change(statement).run();
    db.change("INSERT INTO migrations (number, name) VALUES (:number, :name)")
        .bind(":number", number)
        .bind(":name", file.name)
        .run();
  }
  if (had > newest)
    throw DatabaseError(
        fmt::format("{} was last used by a newer program (its schema is {}, this one knows {}); start that program, or "
                    "restore a backup",
                    "the database", had, newest));
}

}  // namespace voice::store
