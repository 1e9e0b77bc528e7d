// The program's face: which subcommands there are and what they take. What they do is in a file for each.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <fcntl.h>
#include <iostream>
#include <unistd.h>

#include "app/demo_command.h"
#include "app/discover_command.h"
#include "app/export_command.h"
#include "app/fetch_command.h"
#include "app/import_command.h"
#include "app/keep_commands.h"
#include "app/parse_command.h"
#include "app/sanitize_command.h"
#include "app/serve_command.h"
#include "app/user_command.h"
#include "app/version.h"

namespace voice::app {
namespace {

/// Every option's value and the exit code of the command that ran. Lives as long as the parsing.
struct CommandLine {
  ParseOptions parse;
  SanitizeOptions sanitize;
  DiscoverOptions discover;
  ServeOptions serve;
  DemoOptions demo;
  ImportOptions import;
  FetchOptions fetch;
  FeedOptions feed;
  KeepOptions backup, restore, export_all;
  UserOptions user;
  int exit_code = 0;
};

void add_hub_options(CLI::App* command, HubOptions& options) {
  command->add_option("--config", options.config, "The settings file (default: voice.toml if it is there)");
  command->add_option("--database", options.database, "The database file, whatever the settings say");
}

void add_serve(CLI::App& program, CommandLine& line) {
  auto* command = program.add_subcommand("serve", "Run the hub: its pages and its scheduler");
  add_hub_options(command, line.serve.hub);
  command->add_option("--listen", line.serve.listen, "Address and port, whatever the settings say");
  command->add_option("--views", line.serve.views, "Read the templates from this folder, and again when they change");
  command->add_flag("--no-fetch", line.serve.no_fetch, "Poll nothing; another process does");
  command->callback([&line] { line.exit_code = serve_command(line.serve); });
}

void add_demo(CLI::App& program, CommandLine& line) {
  auto* command = program.add_subcommand("demo", "Show the whole hub with sample blogs and without a network");
  command->add_option("--listen", line.demo.listen, "Address and port (default: 127.0.0.1:8080)");
  command->add_option("--database", line.demo.database, "Keep the demo's database in this file");
  command->add_option("--views", line.demo.views, "Read the templates from this folder, and again when they change");
  command->add_flag("--no-browser", line.demo.no_browser, "Don't open a browser");
  command->callback([&line] { line.exit_code = demo_command(line.demo); });
}

void add_parse(CLI::App& program, CommandLine& line) {
  auto* command = program.add_subcommand("parse", "Print what a feed document says, as JSON Feed");
  command->add_option("--url", line.parse.url, "Where the document came from: the base of relative addresses");
  command->add_option("--content-type", line.parse.content_type, "The HTTP Content-Type it came with");
  command->add_option("FILE", line.parse.file, "The document; - for standard input")->required();
  command->callback([&line] { line.exit_code = parse_command(line.parse); });
}

void add_sanitize(CLI::App& program, CommandLine& line) {
  auto* command = program.add_subcommand("sanitize", "Make the HTML on standard input safe to show");
  command->add_option("--url", line.sanitize.url, "Where the HTML came from: the base of relative addresses");
  command->add_flag("--jsonl", line.sanitize.lines,
                    "One {\"id\",\"html\",\"base\"} a line in, one {\"id\",\"html\"} a line out");
  command->callback([&line] { line.exit_code = sanitize_command(line.sanitize, std::cin, std::cout); });
}

void add_discover(CLI::App& program, CommandLine& line) {
  auto* command = program.add_subcommand("discover", "Print which feeds a page offers, best first");
  command->add_option("--url", line.discover.url, "Where the page came from: the base of relative addresses");
  add_hub_options(command, line.discover.hub);
  command->add_option("PAGE", line.discover.page, "An address, a file, or - for standard input")->required();
  command->callback([&line] { line.exit_code = discover_command(line.discover); });
}

void add_fetch(CLI::App& program, CommandLine& line) {
  auto* command = program.add_subcommand("fetch", "Poll feeds now, once, and say what came of it");
  add_hub_options(command, line.fetch.hub);
  auto* all = command->add_flag("--all", line.fetch.all, "Every feed of an active blog");
  auto* due = command->add_flag("--due", line.fetch.due, "Only those that are due (the default)");
  auto* one = command->add_option("--feed", line.fetch.feed, "Only this feed: its address or its number");
  all->excludes(due)->excludes(one);
  due->excludes(one);
  command->add_flag("--quiet", line.fetch.quiet, "No progress, only the summary");
  command->callback([&line] { line.exit_code = fetch_command(line.fetch); });
}

void add_feed(CLI::App& program, CommandLine& line) {
  auto* command = program.add_subcommand("feed", "Print what is known of one feed, and its history");
  add_hub_options(command, line.feed.hub);
  command->add_flag("--undo-move", line.feed.undo_move, "Give it the address back that it had before its last move");
  command->add_option("FEED", line.feed.feed, "The feed's number or address")->required();
  command->callback([&line] { line.exit_code = feed_command(line.feed); });
}

void add_import(CLI::App& program, CommandLine& line) {
  auto* command = program.add_subcommand("import", "Add the feeds of an OPML file");
  add_hub_options(command, line.import.hub);
  command->add_flag("--activate", line.import.activate, "Make them members that are polled at once, not invitations");
  command->add_option("FILE", line.import.file, "The OPML file; - for standard input")->required();
  command->callback([&line] { line.exit_code = import_command(line.import); });
}

void add_keeping(CLI::App& program, CommandLine& line) {
  const auto add = [&program, &line](const char* name, const char* what, const char* path, KeepOptions& options,
                                     int (*run)(const KeepOptions&)) {
    auto* command = program.add_subcommand(name, what);
    add_hub_options(command, options.hub);
    command->add_option(path, options.path)->required();
    command->callback([&line, &options, run] { line.exit_code = run(options); });
  };
  add("backup", "Copy the database to a new file while the hub runs on", "FILE", line.backup, backup_command);
  add("restore", "Put a backup where the database belongs", "FILE", line.restore, restore_command);
  add("export", "Write every blog and post into a folder, in open formats", "FOLDER", line.export_all, export_command);
}

void add_user(CLI::App& program, CommandLine& line) {
  auto* user = program.add_subcommand("user", "Accounts of editors and administrators");
  user->require_subcommand(1);
  const auto add = [user, &line](const char* name, const char* what, int (*run)(const UserOptions&)) {
    auto* command = user->add_subcommand(name, what);
    add_hub_options(command, line.user.hub);
    command->callback([&line, run] { line.exit_code = run(line.user); });
    return command;
  };
  const auto add_email = [&line](CLI::App* command) {
    command->add_option("EMAIL", line.user.email, "The account's e-mail address")->required();
  };
  auto* make = add("add", "Make an account; it signs in by letter unless it is given a password", user_add_command);
  add_email(make);
  make->add_option("--name", line.user.name, "The name that the log shows");
  make->add_option("--role", line.user.role, "editor (the default) or administrator");
  make->add_flag("--with-password", line.user.with_password, "Ask for a password, or read it from standard input");
  auto* role = add("role", "Change what an account may do", user_role_command);
  add_email(role);
  role->add_option("ROLE", line.user.role, "editor or administrator")->required();
  add_email(add("password", "Give an account a new password, read from standard input", user_password_command));
  add_email(add("disable", "Keep an account from signing in, and end its sessions", user_disable_command));
  add_email(add("enable", "Let a disabled account sign in again", user_enable_command));
  add("list", "Print every account", user_list_command);
}

// A file that is opened where standard input, output or error was closed would be written to by whoever prints: each gets
// something that cannot be read or written instead.
void occupy_standard_files() {
  for (const int file : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (::fcntl(file, F_GETFD) < 0) ::open("/dev/null", file == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

// The library says of "voice bakcup" that a subcommand is required, and not which word it did not know.
std::string unknown_command(const CLI::App& program, const char* const* words) {
  if (*words == nullptr || **words == '-' || program.get_subcommands({}).empty()) return {};
  const auto known = program.get_subcommands([&](const CLI::App* command) { return command->check_name(*words); });
  return known.empty() ? *words : unknown_command(*known.front(), words + 1);
}

// What a command read or printed was cut short by a disk or a pipe: then it did not do its work, whatever it says.
int after_output(int exit_code) {
  std::cout.flush();
  const char* trouble = !std::cout                ? "standard output cannot be written"
                        : std::ferror(stdin) != 0 ? "standard input cannot be read"
                                                  : nullptr;
  if (trouble == nullptr) return exit_code;
  std::cerr << "voice: " << trouble << "\n";
  return std::max(exit_code, 3);
}

int run(int argc, char** argv) {
  occupy_standard_files();
  CLI::App program{"LocalGov Digital Voice, a hub of community blogs", "voice"};
  program.set_version_flag("--version", std::string(version()));
  program.require_subcommand(1);
  CommandLine line;
  add_serve(program, line);
  add_demo(program, line);
  add_parse(program, line);
  add_sanitize(program, line);
  add_discover(program, line);
  add_fetch(program, line);
  add_feed(program, line);
  add_import(program, line);
  add_keeping(program, line);
  add_user(program, line);
  if (argc == 1) {
    std::cerr << program.help();
    return 2;
  }
  if (const auto word = unknown_command(program, argv + 1); !word.empty()) {
    std::cerr << "voice: there is no command \"" << word << "\"; voice --help lists them\n";
    return 2;
  }
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return after_output(program.exit(error) == 0 ? 0 : 2);
  }
  return after_output(line.exit_code);
}

}  // namespace
}  // namespace voice::app

int main(int argc, char** argv) {
  try {
    return voice::app::run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "voice: " << error.what() << "\n";
    return 3;
  }
}
