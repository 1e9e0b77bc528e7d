// store/accounts.h - the editors and administrators of the hub.
//
// Bloggers and guests have no account: they prove their e-mail address by a letter each time (store/sessions.h).
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/db.h"

namespace voice::store {

enum class Role { editor, administrator };
std::string_view name_of(Role role);  ///< as stored and as `voice user` takes it
std::optional<Role> parse_role(std::string_view name);

struct User {
  UserId id;
  std::string email;
  std::string name;
  Role role = Role::editor;
  bool has_password = false;
  sys_seconds created{};
  std::optional<sys_seconds> disabled;
};

struct NewUser {
  std::string email;
  std::string name;  ///< must not be empty
  Role role = Role::editor;
  std::string password_hash;  ///< of hash_password(); empty: signs in by letter only
};

/// Errors: malformed when it is no e-mail address, conflict when it has an account.
Result<UserId> add_user(Writer& db, const NewUser& user, sys_seconds now);
void set_role(Writer& db, UserId user, Role role);
/// Also ends the account's sessions: whoever knew the old password is out.
void set_password_hash(Writer& db, UserId user, const std::string& hash);
/// A disabled account cannot sign in and its sessions end; what it did stays in the log under its name.
void disable_user(Writer& db, UserId user, sys_seconds now);
void enable_user(Writer& db, UserId user);

std::optional<User> find_user(Reader& db, UserId id);
std::optional<User> find_user_by_email(Reader& db, std::string_view email);
/// What was stored for a live account, or empty: no such account, disabled, or without a password.
std::string password_hash_of(Reader& db, std::string_view email);
std::vector<User> all_users(Reader& db);  ///< by name
std::int64_t count_users(Reader& db);
std::int64_t count_administrators(Reader& db);  ///< those not disabled

}  // namespace voice::store
