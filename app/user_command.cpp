#include "app/user_command.h"

#include <array>
#include <csignal>
#include <iostream>
#include <optional>
#include <termios.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/passwords.h"
#include "base/text.h"
#include "store/accounts.h"
#include "store/audit.h"

namespace voice::app {
namespace {

termios terminal_before{};  // for the signal handler, which is handed nothing

// Whoever presses Ctrl-C at the prompt wants their terminal back as it was.
void give_back_and_die(int signal) {
  tcsetattr(STDIN_FILENO, TCSAFLUSH, &terminal_before);
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

// Turns echo off for as long as it lives; nothing where standard input is no terminal.
class Silence {
 public:
  Silence() {
    if (isatty(STDIN_FILENO) == 0 || tcgetattr(STDIN_FILENO, &terminal_before) != 0) return;
    for (std::size_t n = 0; n < kSignals.size(); ++n) handlers_[n] = std::signal(kSignals[n], give_back_and_die);
    termios quiet = terminal_before;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    active_ = tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet) == 0;
  }
  ~Silence() {
    if (!active_) return;
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &terminal_before);
    for (std::size_t n = 0; n < kSignals.size(); ++n) std::signal(kSignals[n], handlers_[n]);
  }
  Silence(const Silence&) = delete;
  bool active() const { return active_; }

 private:
  static constexpr std::array<int, 4> kSignals = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
  std::array<void (*)(int), 4> handlers_{};  // as they were before
  bool active_ = false;
};

Result<std::string> read_password(const std::string& email) {
  const Silence silence;
  if (silence.active()) std::cerr << "Password for " << email << ": " << std::flush;
  std::string password;
  std::getline(std::cin, password);
  if (silence.active()) std::cerr << "\n";
  while (!password.empty() && password.back() == '\r') password.pop_back();
  if (const auto problem = problem_with_password(password, email); !problem.empty())
    return Error{ErrorCode::refused, problem};
  return password;
}

template <class Action>
int with_database(const UserOptions& options, store::IfMissing if_missing, Action&& action) {
  const auto settings = settings_for(options.hub);
  if (!settings) return fail_with(settings.error(), 1);
  store::Database database(settings->store.database, if_missing);
  const Result<Done> outcome = action(database);
  return outcome ? 0 : fail_with(outcome.error(), 1);
}

void note(store::Writer& db, const std::string& act, const std::string& subject) {
  store::record(db, {.actor = "the operator", .act = act, .subject = subject, .reason = "on the command line"},
                SystemClock().now());
}

// Runs `change(writer, user)` for the account that the options name.
template <class Change>
int change_user(const UserOptions& options, const char* act, Change&& change) {
  return with_database(options, store::IfMissing::refuse, [&](store::Database& database) {
    return database.write([&](store::Writer& db) -> Result<Done> {
      const auto user = store::find_user_by_email(db, options.email);
      if (!user) return Error{ErrorCode::not_found, "there is no account for " + options.email};
      change(db, *user);
      note(db, act, user->name);
      return Done{};
    });
  });
}

Result<store::Role> role_of(const UserOptions& options) {
  if (const auto role = store::parse_role(options.role)) return *role;
  return Error{ErrorCode::malformed, "\"" + options.role + "\" is no role: editor or administrator"};
}

}  // namespace

int user_add_command(const UserOptions& options) {
  // An account may well be what a hub begins with.
  return with_database(options, store::IfMissing::create, [&](store::Database& database) -> Result<Done> {
    const auto role = role_of(options);
    if (!role) return role.error();
    std::string hash;
    if (options.with_password) {
      const auto password = read_password(options.email);
      if (!password) return password.error();
      hash = hash_password(*password);
    }
    const auto name = collapse_space(options.name.empty() ? options.email : options.name);
    return database.write([&](store::Writer& db) -> Result<Done> {
      const auto user = store::add_user(
          db, {.email = options.email, .name = name, .role = *role, .password_hash = hash}, SystemClock().now());
      if (!user) return user.error();
      note(db, "user.added", name + " (" + std::string(store::name_of(*role)) + ")");
      return Done{};
    });
  });
}

int user_role_command(const UserOptions& options) {
  const auto role = role_of(options);
  if (!role) return fail_with(role.error(), 1);
  return change_user(options, "user.role",
                     [&](store::Writer& db, const store::User& user) { store::set_role(db, user.id, *role); });
}

int user_password_command(const UserOptions& options) {
  const auto password = read_password(options.email);
  if (!password) return fail_with(password.error(), 1);
  const auto hash = hash_password(*password);
  return change_user(options, "user.password",
                     [&](store::Writer& db, const store::User& user) { store::set_password_hash(db, user.id, hash); });
}

int user_disable_command(const UserOptions& options) {
  return change_user(options, "user.disabled", [](store::Writer& db, const store::User& user) {
    store::disable_user(db, user.id, SystemClock().now());
  });
}

int user_enable_command(const UserOptions& options) {
  return change_user(options, "user.enabled",
                     [](store::Writer& db, const store::User& user) { store::enable_user(db, user.id); });
}

int user_list_command(const UserOptions& options) {
  return with_database(options, store::IfMissing::refuse, [](store::Database& database) -> Result<Done> {
    for (const auto& user : store::all_users(*database.reader()))
      std::cout << user.email << "\t" << store::name_of(user.role) << "\t" << user.name << "\t"
                << (user.disabled       ? "disabled"
                    : user.has_password ? "password"
                                        : "letter only")
                << "\n";
    return Done{};
  });
}

}  // namespace voice::app
