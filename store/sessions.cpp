#include "store/sessions.h"

#include <array>

#include "base/hash.h"
#include "base/text.h"

namespace voice::store {
namespace {
using namespace std::chrono_literals;

constexpr std::array<std::string_view, 3> kPurposes = {"first-administrator", "editor", "member"};

std::string_view name_of(LinkPurpose purpose) { return kPurposes[static_cast<std::size_t>(purpose)]; }

LinkPurpose read_purpose(std::string_view name) {
  for (std::size_t i = 0; i < kPurposes.size(); ++i)
    if (kPurposes[i] == name) return static_cast<LinkPurpose>(i);
  throw DatabaseError("links.purpose holds an unknown word");
}

Session read_session(const Rows& rows) {
  return {.id = rows.id<SessionId>(0),
          .scope = rows.text_view(1) == "editor" ? Scope::editor : Scope::member,
          .email = rows.text(2),
          .user = rows.id<UserId>(3),
          .created = rows.time(4),
          .expires = rows.time(5)};
}

}  // namespace

SessionId start_session(Writer& db, std::string_view token, const NewSession& session, sys_seconds now) {
  db.change(R"sql(
    INSERT INTO sessions (token_hash, scope, email, email_key, user_id, created_at, expires_at)
    VALUES (:hash, :scope, :email, :key, :user, :now, :expires))sql")
      .bind_blob(":hash", sha256(token))
      .bind(":scope", session.scope == Scope::editor ? "editor" : "member")
      .bind(":email", session.email)
      .bind(":key", to_ascii_lower(session.email))
      .bind(":user", session.user)
      .bind(":now", now)
      .bind(":expires", session.expires)
      .run();
  return SessionId{db.last_id()};
}

std::optional<Session> find_session(Reader& db, std::string_view token, sys_seconds now) {
  auto rows = db.query(R"sql(
    SELECT s.id, s.scope, s.email, s.user_id, s.created_at, s.expires_at
    FROM sessions AS s LEFT JOIN users AS u ON u.id = s.user_id
    WHERE s.token_hash = :hash AND s.expires_at > :now AND u.disabled_at IS NULL)sql");
  rows.bind_blob(":hash", sha256(token)).bind(":now", now);
  if (!rows.step()) return std::nullopt;
  return read_session(rows);
}

void end_session(Writer& db, SessionId session) {
  db.change("DELETE FROM sessions WHERE id = :id").bind(":id", session).run();
}

void end_sessions_of(Writer& db, UserId user) {
  db.change("DELETE FROM sessions WHERE user_id = :user").bind(":user", user).run();
}

std::vector<Session> sessions_of(Reader& db, UserId user, sys_seconds now) {
  auto rows = db.query(R"sql(
    SELECT id, scope, email, user_id, created_at, expires_at
    FROM sessions
    WHERE user_id = :user AND expires_at > :now
    ORDER BY created_at DESC, id DESC)sql");
  rows.bind(":user", user).bind(":now", now);
  std::vector<Session> sessions;
  while (rows.step()) sessions.push_back(read_session(rows));
  return sessions;
}

void make_link(Writer& db, std::string_view token, const Link& link, sys_seconds now, sys_seconds expires) {
  db.change(R"sql(
    INSERT INTO links (token_hash, purpose, email, target, created_at, expires_at)
    VALUES (:hash, :purpose, :email, :target, :now, :expires))sql")
      .bind_blob(":hash", sha256(token))
      .bind(":purpose", name_of(link.purpose))
      .bind(":email", link.email)
      .bind(":target", link.target)
      .bind(":now", now)
      .bind(":expires", expires)
      .run();
}

FoundLink look_at_link(Reader& db, std::string_view token, sys_seconds now) {
  auto rows = db.query(R"sql(
    SELECT purpose, email, target, expires_at, used_at
    FROM links
    WHERE token_hash = :hash)sql");
  rows.bind_blob(":hash", sha256(token));
  if (!rows.step()) return {};
  FoundLink found{.state = LinkState::good,
                  .link = {.purpose = read_purpose(rows.text_view(0)), .email = rows.text(1), .target = rows.text(2)}};
  if (!rows.is_null(4))
    found.state = LinkState::used;
  else if (rows.time(3) <= now)
    found.state = LinkState::expired;
  return found;
}

FoundLink use_link(Writer& db, std::string_view token, sys_seconds now) {
  auto found = look_at_link(db, token, now);
  if (found.state == LinkState::good)
    db.change("UPDATE links SET used_at = :now WHERE token_hash = :hash")
        .bind(":now", now)
        .bind_blob(":hash", sha256(token))
        .run();
  return found;
}

void withdraw_links(Writer& db, LinkPurpose purpose) {
  db.change("DELETE FROM links WHERE purpose = :purpose AND used_at IS NULL").bind(":purpose", name_of(purpose)).run();
}

bool claim_form(Writer& db, std::string_view form_token, sys_seconds now) {
  db.change("INSERT INTO form_uses (token_hash, used_at) VALUES (:hash, :now) ON CONFLICT (token_hash) DO NOTHING")
      .bind_blob(":hash", sha256(form_token))
      .bind(":now", now)
      .run();
  return db.rows_changed() == 1;
}

void release_form(Writer& db, std::string_view form_token) {
  db.change("DELETE FROM form_uses WHERE token_hash = :hash").bind_blob(":hash", sha256(form_token)).run();
}

void tidy_sessions(Writer& db, sys_seconds now) {
  db.change("DELETE FROM sessions WHERE expires_at <= :now").bind(":now", now).run();
  db.change("DELETE FROM links WHERE expires_at <= :then").bind(":then", now - 7 * 24h).run();
  db.change("DELETE FROM form_uses WHERE used_at <= :then").bind(":then", now - 48h).run();
  db.change("DELETE FROM attempts WHERE at <= :then").bind(":then", now - 24h).run();
}

}  // namespace voice::store
