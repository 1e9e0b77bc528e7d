// server/viewer.h - who is asking, as far as a handler needs to know.
#pragma once
#include <string>

#include "base/ids.h"

namespace voice::server {

/// In rising order: each may do what those before it may. A member has proved an e-mail address and has no account.
enum class Role { nobody, member, editor, administrator };

struct Viewer {
  UserId user;  ///< none: no account
  Role role = Role::nobody;
  std::string name;   ///< of the account; a member's e-mail address
  std::string email;  ///< proved; empty for nobody
  SessionId session;
  std::string form_token;  ///< goes into every form as the hidden field "form_token"
  std::string visit;       ///< names this browser, signed in or not; unguessable
  bool new_visit = false;  ///< the browser has not been told its `visit` yet
  bool signed_in() const { return role != Role::nobody; }
};

}  // namespace voice::server
