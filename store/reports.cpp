#include "store/reports.h"

namespace voice::store {
namespace {

Report read_report(const Rows& rows) {
  return {.id = rows.id<ReportId>(0),
          .entry = rows.id<EntryId>(1),
          .post_title = rows.text(2),
          .blog_title = rows.text(3),
          .words = rows.text(4),
          .email = rows.text(5),
          .sent = rows.time(6)};
}

}  // namespace

void add_report(Writer& db, EntryId entry, std::string_view words, std::string_view email, sys_seconds now) {
  db.change("INSERT INTO reports (entry_id, words, email, sent_at) VALUES (:entry, :words, :email, :now)")
      .bind(":entry", entry)
      .bind(":words", words)
      .bind_or_null(":email", email)
      .bind(":now", now)
      .run();
}

std::vector<Report> open_reports(Reader& db, int limit) {
  auto rows = db.query(R"sql(
    SELECT r.id, r.entry_id, e.title, b.title, r.words, r.email, r.sent_at
    FROM reports AS r
      CROSS JOIN entries AS e ON e.id = r.entry_id
      CROSS JOIN blogs AS b ON b.id = e.blog_id
    WHERE r.closed_at IS NULL
    ORDER BY r.sent_at, r.id
    LIMIT :limit)sql");
  rows.bind(":limit", limit);
  std::vector<Report> reports;
  while (rows.step()) reports.push_back(read_report(rows));
  return reports;
}

std::int64_t count_open_reports(Reader& db) {
  auto rows = db.query("SELECT count(*) FROM reports WHERE closed_at IS NULL");
  rows.step();
  return rows.integer(0);
}

std::optional<Report> close_report(Writer& db, ReportId id, sys_seconds now) {
  std::optional<Report> report;
  {
    auto rows = db.query(R"sql(
      SELECT r.id, r.entry_id, e.title, b.title, r.words, r.email, r.sent_at
      FROM reports AS r
        CROSS JOIN entries AS e ON e.id = r.entry_id
        CROSS JOIN blogs AS b ON b.id = e.blog_id
      WHERE r.id = :id AND r.closed_at IS NULL)sql");
    rows.bind(":id", id);
    if (!rows.step()) return std::nullopt;
    report = read_report(rows);
  }
  db.change("UPDATE reports SET closed_at = :now, email = NULL WHERE id = :id").bind(":now", now).bind(":id", id).run();
  return report;
}

}  // namespace voice::store
