#include "store/accounts.h"

#include "base/email.h"
#include "base/text.h"

namespace voice::store {
namespace {

std::string select_users(std::string_view rest) {
  return "SELECT id, email, name, role, password_hash IS NOT NULL, created_at, disabled_at FROM users " +
         std::string(rest);
}

User read_user(const Rows& rows) {
  return {.id = rows.id<UserId>(0),
          .email = rows.text(1),
          .name = rows.text(2),
          .role = parse_role(rows.text_view(3)).value_or(Role::editor),
          .has_password = rows.integer(4) != 0,
          .created = rows.time(5),
          .disabled = rows.optional_time(6)};
}

std::optional<User> one_user(Rows rows) {
  if (!rows.step()) return std::nullopt;
  return read_user(rows);
}

void end_sessions(Writer& db, UserId user) {
  db.change("DELETE FROM sessions WHERE user_id = :user").bind(":user", user).run();
}

}  // namespace

std::string_view name_of(Role role) { return role == Role::administrator ? "administrator" : "editor"; }

std::optional<Role> parse_role(std::string_view name) {
  if (name == "administrator") return Role::administrator;
  if (name == "editor") return Role::editor;
  return std::nullopt;
}

Result<UserId> add_user(Writer& db, const NewUser& user, sys_seconds now) {
  const auto address = parse_email(user.email);
  if (!address) return Error{ErrorCode::malformed, "\"" + user.email + "\" is not an e-mail address"};
  if (find_user_by_email(db, address->text))
    return Error{ErrorCode::conflict, address->text + " has an account already"};
  db.change(R"sql(
    INSERT INTO users (email, email_key, name, role, password_hash, created_at)
    VALUES (:email, :key, :name, :role, :hash, :now))sql")
      .bind(":email", address->text)
      .bind(":key", address->key)
      .bind(":name", user.name)
      .bind(":role", name_of(user.role))
      .bind_or_null(":hash", user.password_hash)
      .bind(":now", now)
      .run();
  return UserId{db.last_id()};
}

void set_role(Writer& db, UserId user, Role role) {
  db.change("UPDATE users SET role = :role WHERE id = :user").bind(":role", name_of(role)).bind(":user", user).run();
}

void set_password_hash(Writer& db, UserId user, const std::string& hash) {
  db.change("UPDATE users SET password_hash = :hash WHERE id = :user")
      .bind_or_null(":hash", hash)
      .bind(":user", user)
      .run();
  end_sessions(db, user);
}

void disable_user(Writer& db, UserId user, sys_seconds now) {
  db.change("UPDATE users SET disabled_at = coalesce(disabled_at, :now) WHERE id = :user")
      .bind(":now", now)
      .bind(":user", user)
      .run();
  end_sessions(db, user);
}

void enable_user(Writer& db, UserId user) {
  db.change("UPDATE users SET disabled_at = NULL WHERE id = :user").bind(":user", user).run();
}

std::optional<User> find_user(Reader& db, UserId id) {
  auto rows = db.query(select_users("WHERE id = :id"));
  rows.bind(":id", id);
  return one_user(std::move(rows));
}

std::optional<User> find_user_by_email(Reader& db, std::string_view email) {
  auto rows = db.query(select_users("WHERE email_key = :key"));
  rows.bind(":key", to_ascii_lower(trim(email)));
  return one_user(std::move(rows));
}

std::string password_hash_of(Reader& db, std::string_view email) {
  auto rows = db.query("SELECT password_hash FROM users WHERE email_key = :key AND disabled_at IS NULL");
  rows.bind(":key", to_ascii_lower(trim(email)));
  return rows.step() ? rows.text(0) : std::string();
}

std::vector<User> all_users(Reader& db) {
  auto rows = db.query(select_users("ORDER BY name COLLATE NOCASE, id"));
  std::vector<User> users;
  while (rows.step()) users.push_back(read_user(rows));
  return users;
}

std::int64_t count_users(Reader& db) {
  auto rows = db.query("SELECT count(*) FROM users");
  return rows.step() ? rows.integer(0) : 0;
}

std::int64_t count_administrators(Reader& db) {
  auto rows = db.query("SELECT count(*) FROM users WHERE role = 'administrator' AND disabled_at IS NULL");
  return rows.step() ? rows.integer(0) : 0;
}

}  // namespace voice::store
