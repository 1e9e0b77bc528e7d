// app/user_command.h - `voice user add|role|password|disable|enable|list`: accounts, for whoever has the machine.
#pragma once
#include <string>

#include "app/hub_files.h"

namespace voice::app {

struct UserOptions {
  HubOptions hub;
  std::string email;
  std::string name;
  std::string role = "editor";
  bool with_password = false;  ///< add: ask for a password as well; without one the account signs in by letter
};

// Exit code: 0 done; 1 refused (no such account, there already, a password that will not do); 3 the database failed. A
// password is read from standard input: without echo from a terminal, else its first line.
int user_add_command(const UserOptions& options);
int user_role_command(const UserOptions& options);
int user_password_command(const UserOptions& options);
int user_disable_command(const UserOptions& options);
int user_enable_command(const UserOptions& options);
/// One account a line: e-mail address, role, name and state, parted by tabs.
int user_list_command(const UserOptions& options);

}  // namespace voice::app
