#include <doctest/doctest.h>

#include "store/accounts.h"
#include "store/audit.h"
#include "tests/app/process.h"

using namespace voice;
using namespace voice::app;
using namespace std::chrono_literals;

TEST_CASE("accounts are made, changed and listed from the command line, and the log says so") {
  ScratchFolder folder;
  const auto database = folder.file("voice.db");
  const auto run = [&](std::vector<std::string> arguments, int expected) {
    arguments.insert(arguments.begin(), {VOICE_BINARY, "user"});
    arguments.insert(arguments.end(), {"--database", database});
    Child child(arguments);
    CHECK_MESSAGE(child.wait(20s) == expected, child.err());
    return child.out() + child.err();
  };
  run({"add", "ada@example.org", "--name", "Ada Byron"}, 0);
  CHECK(run({"add", "ADA@example.org"}, 1).find("has an account already") != std::string::npos);
  CHECK(run({"add", "nobody"}, 1).find("is not an e-mail address") != std::string::npos);
  CHECK(run({"add", "eve@example.org", "--role", "king"}, 1).find("no role") != std::string::npos);
  run({"role", "ada@example.org", "administrator"}, 0);
  run({"role", "eve@example.org", "editor"}, 1);
  CHECK(run({"list"}, 0) == "ada@example.org\tadministrator\tAda Byron\tletter only\n");
  run({"disable", "ada@example.org"}, 0);
  CHECK(run({"list"}, 0).find("disabled") != std::string::npos);
  run({"enable", "ada@example.org"}, 0);
  run({}, 2);
  store::Database opened(database);
  CHECK(store::count_administrators(*opened.reader()) == 1);
  const auto lines = store::audit_lines(*opened.reader(), {.kind = "user"});
  REQUIRE(lines.size() == 4);
  CHECK(lines.back().act.subject == "Ada Byron (editor)");
}
