// server/viewer.h - who is asking, as far as a handler needs to know.
#pragma once
#include <string>

#include "base/ids.h"

namespace voice::server {

/// In rising order: each may do what those before it may.
enum class Role { nobody, member, editor, administrator };

struct Viewer {
  UserId user;              ///< none: not signed in
  Role role = Role::nobody;
  std::string name;
  std::string form_token;   ///< goes into every form as the hidden field "form_token"
  bool signed_in() const { return static_cast<bool>(user); }
};

}  // namespace voice::server
