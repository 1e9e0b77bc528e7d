// store/sessions.h - browsers that have proved something, and the links in letters that let them prove it.
//
// Callers hold the token, the database only its hash. A session is of one scope: `member` has proved an e-mail address and
// reaches the blogs and guest posts of that address; `editor` belongs to an account. A member's letter never opens the
// editors' desk, also where an editor's own address is on it.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/db.h"

namespace voice::store {

enum class Scope { member, editor };

struct Session {
  SessionId id;
  Scope scope = Scope::member;
  std::string email;
  UserId user;  ///< none for members
  sys_seconds created{};
  sys_seconds expires{};
};

struct NewSession {
  Scope scope = Scope::member;
  std::string email;
  UserId user;
  sys_seconds expires{};
};

SessionId start_session(Writer& db, std::string_view token, const NewSession& session, sys_seconds now);
/// Nothing where the token is unknown or expired, or its account is disabled.
std::optional<Session> find_session(Reader& db, std::string_view token, sys_seconds now);
void end_session(Writer& db, SessionId session);
void end_sessions_of(Writer& db, UserId user);
std::vector<Session> sessions_of(Reader& db, UserId user, sys_seconds now);  ///< newest first

enum class LinkPurpose { first_administrator, editor, member };

struct Link {
  LinkPurpose purpose = LinkPurpose::member;
  std::string email;
  std::string target;
};

enum class LinkState { good, unknown, expired, used };
struct FoundLink {
  LinkState state = LinkState::unknown;
  Link link;
};

void make_link(Writer& db, std::string_view token, const Link& link, sys_seconds now, sys_seconds expires);
/// Looks and changes nothing: mail scanners open every link they see.
FoundLink look_at_link(Reader& db, std::string_view token, sys_seconds now);
/// As look_at_link; a good one is used up.
FoundLink use_link(Writer& db, std::string_view token, sys_seconds now);
/// Ends every unused link of one purpose, such as the first administrator's once there is one.
void withdraw_links(Writer& db, LinkPurpose purpose);

/// False when this form token was used before. Release it when nothing came of the form.
bool claim_form(Writer& db, std::string_view form_token, sys_seconds now);
void release_form(Writer& db, std::string_view form_token);

/// Drops what has expired: sessions, links a week after, form tokens after two days, attempts after a day.
void tidy_sessions(Writer& db, sys_seconds now);

}  // namespace voice::store
