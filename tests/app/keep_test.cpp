// Backups and exports, tried with the binary: what is restored by mistake must not cost what is there, and what a blogger took
// back is handed on to nobody.
#include <csignal>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <string>

#include "store/blogs.h"
#include "tests/app/process.h"

using namespace voice;
using namespace std::chrono_literals;

namespace {
namespace fs = std::filesystem;

struct Kept {
  ScratchFolder folder;
  std::string database = folder.file("hub.db");
  std::string said;

  int run(const std::string& command, const std::string& file) {
    app::Child child({VOICE_BINARY, command, file, "--database", database});
    const int code = child.wait(30s);
    said = child.out() + child.err();
    return code;
  }
  std::size_t blogs() const {
    store::Database opened(database);
    return store::blogs_in_state(*opened.reader(), store::BlogState::active).size();
  }
  // One more blog, and a backup that has it.
  std::string backup_with(const std::string& name) {
    join(name);
    const auto path = folder.file("backup.db");
    REQUIRE(run("backup", path) == 0);
    return path;
  }
  void join(const std::string& name) const {
    store::Database opened(database);
    opened.write([&](store::Writer& db) {
      REQUIRE(
          store::add_blog(db, {.title = name, .feed_url = "https://" + name + ".example/feed"}, SystemClock().now()));
    });
  }
};

}  // namespace

TEST_CASE("a backup comes back, and each state it took the place of is kept under its own name") {
  Kept hub;
  const auto backup = hub.backup_with("ann");
  hub.join("bob");
  CHECK(hub.run("restore", backup) == 0);
  CHECK(hub.blogs() == 1);
  hub.join("cem");
  CHECK(hub.run("restore", backup) == 0);
  CHECK(hub.said.find(".before-restore-2") != std::string::npos);
  const std::string first = hub.database + ".before-restore";
  for (const auto& kept : {first, first + "-2"}) {
    hub.database = kept;
    CHECK_MESSAGE(hub.blogs() == 2, kept);
  }
}

TEST_CASE("a backup comes back over a database that is damaged") {
  Kept hub;
  const auto backup = hub.backup_with("ann");
  hub.folder.write("hub.db", std::string(5000, 'x'));
  CHECK(hub.run("restore", backup) == 0);
  CHECK(hub.blogs() == 1);
}

TEST_CASE("what is no backup is refused in a sentence, and the database stays") {
  Kept hub;
  hub.join("ann");
  for (const auto& [file, why] : {std::pair{hub.database, "is the database itself"},
                                  {hub.folder.write("empty.db", ""), "is no backup"},
                                  {hub.folder.write("text.db", std::string(5000, 'x')), "is no backup"},
                                  {hub.folder.file("nowhere.db"), "is not there"}}) {
    CAPTURE(file);
    CHECK(hub.run("restore", file) == 1);
    CHECK_MESSAGE(hub.said.find(why) != std::string::npos, hub.said);
    CHECK(hub.blogs() == 1);
    CHECK_FALSE(fs::exists(hub.database + ".restoring"));
  }
}

TEST_CASE("nothing is restored beneath a hub that runs") {
  Kept hub;
  const auto backup = hub.backup_with("ann");
  hub.join("bob");
  {
    app::Child running({VOICE_BINARY, "serve", "--no-fetch", "--listen", "127.0.0.1:0", "--database", hub.database});
    REQUIRE(running.says("listening on"));
    CHECK(hub.run("restore", backup) == 1);
    CHECK_MESSAGE(hub.said.find("is in use") != std::string::npos, hub.said);
    running.signal(SIGTERM);
    CHECK(running.wait(30s) == 0);
  }
  CHECK(hub.blogs() == 2);
  CHECK(hub.run("restore", backup) == 0);
  CHECK(hub.blogs() == 1);
}

TEST_CASE("a restored database keeps the rights that the one before it had") {
  Kept hub;
  const auto backup = hub.backup_with("ann");
  const auto for_group = fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read;
  fs::permissions(hub.database, for_group);
  REQUIRE(hub.run("restore", backup) == 0);
  CHECK(fs::status(hub.database).permissions() == for_group);
}

TEST_CASE("a backup that may only be read comes back as a database that works") {
  Kept hub;
  const auto backup = hub.backup_with("ann");
  fs::permissions(backup, fs::perms::owner_read);
  hub.database = hub.folder.file("new.db");
  REQUIRE_MESSAGE(hub.run("restore", backup) == 0, hub.said);
  CHECK(fs::status(hub.database).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
  hub.join("bob");
  CHECK(hub.blogs() == 2);
}

TEST_CASE("an export hands on nothing of a blog that has left since the last one, and touches nothing of others") {
  Kept hub;
  hub.join("ann");
  hub.join("bob");
  const auto out = hub.folder.file("out");
  fs::create_directories(out + "/blogs");
  std::ofstream(out + "/blogs/mine.json") << "{}";
  std::ofstream(out + "/files.txt") << "..\n/etc/passwd\n../../hub.db\n";
  REQUIRE(hub.run("export", out) == 0);
  CHECK(fs::exists(out + "/blogs/bob.json"));
  {
    store::Database opened(hub.database);
    opened.write([](store::Writer& db) {
      const auto bob = store::find_blog_by_slug(db, "bob");
      REQUIRE(bob);
      store::set_blog_state(db, bob->id, store::BlogState::left, SystemClock().now());
    });
  }
  REQUIRE(hub.run("export", out) == 0);
  CHECK(fs::exists(out + "/blogs/ann.json"));
  CHECK_FALSE(fs::exists(out + "/blogs/bob.json"));
  CHECK(fs::exists(out + "/blogs/mine.json"));
}
