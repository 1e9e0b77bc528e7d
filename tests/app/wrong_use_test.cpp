// Mistakes that people make at the command line: each is told in a sentence, and costs nothing that was there.
#include <csignal>
#include <doctest/doctest.h>
#include <filesystem>
#include <string>
#include <vector>

#include "store/blogs.h"
#include "tests/app/process.h"

using namespace voice;
using namespace voice::app;
using namespace std::chrono_literals;

namespace {
namespace fs = std::filesystem;

struct Ended {
  int code = 0;
  std::string said;
};

Ended run(const std::vector<std::string>& words) {
  std::vector<std::string> arguments = {VOICE_BINARY};
  arguments.insert(arguments.end(), words.begin(), words.end());
  Child child(arguments);
  const int code = child.wait(30s);
  return {.code = code, .said = child.out() + child.err()};
}

// By a shell, which can close and redirect what the child is given; "$VOICE" is the binary.
Ended run_in_shell(const std::string& line) {
  Child child({"/bin/sh", "-c", "VOICE='" VOICE_BINARY "'; " + line});
  const int code = child.wait(30s);
  return {.code = code, .said = child.out() + child.err()};
}

}  // namespace

TEST_CASE("a word that is no command is named") {
  for (const auto& [words, unknown] : {std::pair<std::vector<std::string>, std::string>{{"bakcup", "x.db"}, "bakcup"},
                                       {{"user", "lsit"}, "lsit"},
                                       {{"fetch", "--al"}, "--al"}}) {
    CAPTURE(unknown);
    const auto ended = run(words);
    CHECK(ended.code == 2);
    CHECK_MESSAGE(ended.said.find(unknown) != std::string::npos, ended.said);
  }
}

TEST_CASE("a mistyped path makes no database, whatever wants to look at one") {
  const ScratchFolder folder;
  const auto path = folder.file("hbu.db");
  for (const std::vector<std::string>& words : {std::vector<std::string>{"backup", folder.file("backup.db")},
                                                {"export", folder.file("out")},
                                                {"fetch"},
                                                {"feed", "1"},
                                                {"user", "list"},
                                                {"user", "enable", "ada@example.org"}}) {
    CAPTURE(words.front());
    auto all = words;
    all.insert(all.end(), {"--database", path});
    const auto ended = run(all);
    CHECK(ended.code == 3);
    CHECK_MESSAGE(ended.said.find("there is no database " + path) != std::string::npos, ended.said);
    CHECK(fs::is_empty(fs::path(path).parent_path()));
  }
}

TEST_CASE("a folder where a file is wanted is told by its name") {
  const ScratchFolder folder;
  for (const std::vector<std::string>& words : {std::vector<std::string>{"parse", folder.file("")},
                                                {"discover", folder.file("")},
                                                {"import", folder.file("")}}) {
    CAPTURE(words.front());
    const auto ended = run(words);
    CHECK(ended.code == 3);
    CHECK_MESSAGE(ended.said.find(folder.file("") + " cannot be read: Is a directory") != std::string::npos,
                  ended.said);
  }
  CHECK(run_in_shell("\"$VOICE\" sanitize < " + folder.file("")).code == 3);
}

TEST_CASE("what could not be printed was not done") {
  const ScratchFolder folder;
  const auto page = folder.write("page.html", "<p>words</p>");
  const auto full = run_in_shell("\"$VOICE\" sanitize < " + page + " > /dev/full");
  CHECK(full.code == 3);
  CHECK_MESSAGE(full.said.find("standard output cannot be written") != std::string::npos, full.said);
  CHECK(run_in_shell("\"$VOICE\" sanitize < " + page + " >&-").code == 3);
  CHECK(run_in_shell("\"$VOICE\" --help > /dev/full").code == 3);
  CHECK(run_in_shell("\"$VOICE\" sanitize < " + page).said.find("<p>words</p>") != std::string::npos);
}

TEST_CASE("asking for one feed that fails is a failure") {
  const ScratchFolder folder;
  const auto path = folder.file("hub.db");
  store::Database db(path);
  db.write([&](store::Writer& writer) {
    for (const auto* name : {"a", "b"})
      REQUIRE(store::add_blog(writer, {.title = name, .feed_url = std::string("http://127.0.0.1:9/") + name},
                              SystemClock().now()));
  });
  const auto one = run({"fetch", "--feed", "1", "--database", path});
  CHECK(one.code == 1);
  CHECK_MESSAGE(one.said.find("1 failed") != std::string::npos, one.said);
  const auto all = run({"fetch", "--all", "--database", path});
  CHECK_MESSAGE(all.code == 0, all.said);
}

TEST_CASE("what was fetched and could not be stored is told, with a status of its own") {
  const ScratchFolder folder;
  const auto path = folder.file("hub.db");
  store::Database db(path);
  db.write([&](store::Writer& writer) {
    REQUIRE(store::add_blog(writer, {.title = "a", .feed_url = "http://127.0.0.1:9/a"}, SystemClock().now()));
  });
  Ended ended;
  db.write([&](store::Writer&) { ended = run({"fetch", "--all", "--database", path}); });  // holds the lock meanwhile
  CHECK(ended.code == 3);
  CHECK_MESSAGE(ended.said.find("another process holds it") != std::string::npos, ended.said);
}

TEST_CASE("two hubs do not poll for one database, and a second one without polling may serve it") {
  const ScratchFolder folder;
  const auto config = folder.write("voice.toml", "[store]\ndatabase = \"" + folder.file("hub.db") +
                                                     "\"\nmembers = \"\"\n[server]\nlisten = \"127.0.0.1:0\"\n");
  const std::vector<std::string> serve = {VOICE_BINARY, "serve", "--config", config};
  const std::vector<std::string> only_serve = {VOICE_BINARY, "serve", "--no-fetch", "--config", config};
  {
    Child first(serve);
    REQUIRE_MESSAGE(first.says("listening on"), first.err());
    Child second(serve);
    CHECK(second.wait(30s) == 1);
    CHECK_MESSAGE(second.err().find("another hub polls") != std::string::npos, second.err());
    Child third(only_serve);
    CHECK_MESSAGE(third.says("listening on"), third.err());
    third.signal(SIGTERM);
    CHECK(third.wait(30s) == 0);
  }  // the first is killed here
  Child after(serve);
  CHECK_MESSAGE(after.says("listening on"), after.err());
  after.signal(SIGHUP);
  CHECK(after.wait(30s) == 0);
}

TEST_CASE("a demo that is shown again has the same blogs, and another hub is no demo") {
  const ScratchFolder folder;
  const auto path = folder.file("demo.db");
  const std::vector<std::string> demo = {VOICE_BINARY, "demo", "--listen",    "127.0.0.1:0",
                                         "--database", path,   "--no-browser"};
  std::int64_t feeds[2] = {};
  for (auto& count : feeds) {
    Child child(demo);
    REQUIRE_MESSAGE(child.says("listening on"), child.err());
    child.signal(SIGTERM);
    CHECK(child.wait(30s) == 0);
    store::Database db(path);
    count = store::count_feeds(*db.reader());
  }
  CHECK(feeds[0] == 12);
  CHECK(feeds[1] == feeds[0]);

  const auto own = folder.file("hub.db");
  {
    store::Database db(own);
    db.write([&](store::Writer& writer) {
      REQUIRE(store::add_blog(writer, {.title = "Ann", .feed_url = "https://ann.example/feed"}, SystemClock().now()));
    });
  }
  const auto refused = run({"demo", "--listen", "127.0.0.1:0", "--database", own, "--no-browser"});
  CHECK(refused.code == 1);
  CHECK_MESSAGE(refused.said.find("no demo") != std::string::npos, refused.said);
}
