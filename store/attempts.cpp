#include "store/attempts.h"

namespace voice::store {

void note_attempt(Writer& db, std::string_view kind, std::string_view subject, sys_seconds now) {
  db.change("INSERT INTO attempts (kind, subject, at) VALUES (:kind, :subject, :now)")
      .bind(":kind", kind)
      .bind(":subject", subject)
      .bind(":now", now)
      .run();
}

std::optional<std::chrono::seconds> wait_for(Reader& db, const AttemptLimit& limit, std::string_view subject,
                                             sys_seconds now) {
  // The attempt that is `most` back decides: once it leaves the window there is room again.
  auto rows = db.query(R"sql(
    SELECT at
    FROM attempts
    WHERE kind = :kind AND subject = :subject AND at > :since
    ORDER BY at DESC
    LIMIT 1 OFFSET :most)sql");
  rows.bind(":kind", limit.kind)
      .bind(":subject", subject)
      .bind(":since", now - limit.window)
      .bind(":most", limit.most - 1);
  if (!rows.step()) return std::nullopt;
  return rows.time(0) + limit.window - now;
}

void forget_attempts(Writer& db, std::string_view kind, std::string_view subject) {
  db.change("DELETE FROM attempts WHERE kind = :kind AND subject = :subject")
      .bind(":kind", kind)
      .bind(":subject", subject)
      .run();
}

}  // namespace voice::store
