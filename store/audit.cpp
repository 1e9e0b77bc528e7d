#include "store/audit.h"

#include <limits>

namespace voice::store {

void record(Writer& db, const Act& act, sys_seconds now) {
  db.change(R"sql(
    INSERT INTO audit (at, user_id, actor, act, subject, subject_path, reason, is_public)
    VALUES (:now, :user, :actor, :act, :subject, :path, :reason, :public))sql")
      .bind(":now", now)
      .bind(":user", act.user)
      .bind(":actor", act.actor)
      .bind(":act", act.act)
      .bind(":subject", act.subject)
      .bind_or_null(":path", act.subject_path)
      .bind_or_null(":reason", act.reason)
      .bind(":public", act.audience == Audience::everybody)
      .run();
}

std::vector<AuditLine> audit_lines(Reader& db, const AuditQuery& query) {
  auto rows = db.query(R"sql(
    SELECT id, at, user_id, actor, act, subject,
           CASE WHEN :public AND (
             subject_path LIKE '/blogs/%' AND NOT EXISTS (
               SELECT 1 FROM blogs AS b
               WHERE b.slug = substr(subject_path, 8) AND b.state IN ('active', 'paused', 'gone'))
             OR subject_path LIKE '/posts/%' AND NOT EXISTS (
               SELECT 1 FROM entries AS e JOIN blogs AS b ON b.id = e.blog_id
               WHERE e.id = CAST(substr(subject_path, 8) AS INTEGER) AND e.hidden_at IS NULL
                 AND b.state IN ('active', 'paused', 'gone'))
             OR subject_path LIKE '/guest-posts/%' AND NOT EXISTS (
               SELECT 1 FROM guest_posts AS g JOIN entries AS e ON e.id = g.entry_id
               WHERE g.slug = substr(subject_path, 14) AND g.state = 'published' AND e.hidden_at IS NULL)
           ) THEN NULL ELSE subject_path END,
           reason, is_public
    FROM audit
    WHERE id < :before AND is_public >= :public AND (:kind = '' OR act LIKE :kind || '.%')
    ORDER BY id DESC
    LIMIT :limit)sql");
  rows.bind(":before", query.before_id > 0 ? query.before_id : std::numeric_limits<std::int64_t>::max())
      .bind(":public", query.audience == Audience::everybody)
      .bind(":kind", query.kind)
      .bind(":limit", query.limit);
  std::vector<AuditLine> lines;
  while (rows.step())
    lines.push_back({.id = rows.integer(0),
                     .at = rows.time(1),
                     .act = {.user = rows.id<UserId>(2),
                             .actor = rows.text(3),
                             .act = rows.text(4),
                             .subject = rows.text(5),
                             .subject_path = rows.text(6),
                             .reason = rows.text(7),
                             .audience = rows.integer(8) != 0 ? Audience::everybody : Audience::editors}});
  return lines;
}

}  // namespace voice::store
