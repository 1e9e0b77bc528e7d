#include <CLI/CLI.hpp>

#include <exception>
#include <iostream>

#include "app/discover_command.h"
#include "app/parse_command.h"
#include "app/sanitize_command.h"
#include "app/version.h"

namespace voice::app {
namespace {

void add_parse(CLI::App& program, int& exit_code) {
  static ParseOptions options;
  auto* command = program.add_subcommand("parse", "Print what a feed document says, as JSON Feed");
  command->add_option("--url", options.url, "Where the document came from: the base of relative addresses");
  command->add_option("--content-type", options.content_type, "The HTTP Content-Type it came with");
  command->add_option("FILE", options.file, "The document; - for standard input")->required();
  command->callback([&exit_code] { exit_code = parse_command(options); });
}

void add_sanitize(CLI::App& program, int& exit_code) {
  static SanitizeOptions options;
  auto* command = program.add_subcommand("sanitize", "Make the HTML on standard input safe to show");
  command->add_option("--url", options.url, "Where the HTML came from: the base of relative addresses");
  command->add_flag("--jsonl", options.lines, "One {\"id\",\"html\",\"base\"} a line in, one {\"id\",\"html\"} a line out");
  command->callback([&exit_code] { exit_code = sanitize_command(options, std::cin, std::cout); });
}

void add_discover(CLI::App& program, int& exit_code) {
  static DiscoverOptions options;
  auto* command = program.add_subcommand("discover", "Print which feeds a page offers, best first");
  command->add_option("--url", options.url, "Where the page came from: the base of relative addresses");
  command->add_option("PAGE", options.page, "The page; - for standard input")->required();
  command->callback([&exit_code] { exit_code = discover_command(options); });
}

int run(int argc, char** argv) {
  CLI::App program{"LocalGov Digital Voice, a hub of community blogs", "voice"};
  program.set_version_flag("--version", std::string(version()));
  program.require_subcommand(1);
  int exit_code = 0;
  add_parse(program, exit_code);
  add_sanitize(program, exit_code);
  add_discover(program, exit_code);
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return program.exit(error) == 0 ? 0 : 2;
  }
  return exit_code;
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
