#include "store/db.h"

#include <atomic>
#include <doctest/doctest.h>
#include <filesystem>
#include <iterator>
#include <sqlite3.h>  // to make what is not ours
#include <string>
#include <thread>
#include <vector>

#include "base/files.h"
#include "tests/scratch_folder.h"

namespace voice::store {
namespace {
namespace fs = std::filesystem;

constexpr auto kOwnerAlone = fs::perms::owner_read | fs::perms::owner_write;

// The sentence that opening `path` ends with; "" where it opens.
std::string refusal(const std::string& path, IfMissing if_missing = IfMissing::create) {
  try {
    const Database opened(path, if_missing);
    return "";
  } catch (const DatabaseError& error) {
    return error.what();
  }
}

void run_sql(const std::string& path, const char* sql) {
  sqlite3* handle = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &handle) == SQLITE_OK);
  CHECK(sqlite3_exec(handle, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(handle);
}

void count_up(Database& db) {
  db.write([](Writer& writer) { bump_change_number(writer); });
}

std::int64_t counted_to(Reader& db) {
  auto rows = db.query("SELECT value FROM counters WHERE name = 'change_number'");
  return rows.step() ? rows.integer(0) : 0;
}

TEST_CASE("a database that is made is its owner's alone, and so are its log and its backup") {
  const ScratchFolder folder;
  Database db(folder.file("hub.db"));
  count_up(db);
  db.back_up_to(folder.file("backup.db"));
  for (const auto* name : {"hub.db", "hub.db-wal", "backup.db"}) {
    CAPTURE(name);
    CHECK(fs::status(folder.file(name)).permissions() == kOwnerAlone);
  }
  Database copy(folder.file("backup.db"));
  CHECK(counted_to(*copy.reader()) == counted_to(*db.reader()));
}

TEST_CASE("of many backups to one name one is whole and has it, and nothing is left of the others") {
  const ScratchFolder folder;
  Database db(folder.file("hub.db"));
  const auto path = folder.file("backups/hub.db");
  fs::create_directory(folder.file("backups"));
  std::atomic<int> done{0};
  {
    std::vector<std::jthread> others;
    for (int n = 0; n < 6; ++n)
      others.emplace_back([&] {
        Database own(folder.file("hub.db"));  // as another process would
        try {
          own.back_up_to(path);
          ++done;
        } catch (const DatabaseError&) {}
      });
  }
  CHECK(done == 1);
  CHECK(Database::is_of_a_hub(path));
  CHECK(std::distance(fs::directory_iterator(folder.file("backups")), {}) == 1);
}

TEST_CASE("a backup that fails leaves nothing, and one that is there stays") {
  const ScratchFolder folder;
  Database db(folder.file("hub.db"));
  CHECK_THROWS_AS(db.back_up_to(folder.file("nowhere/backup.db")), DatabaseError);
  const auto mine = folder.write("mine.db", "mine");
  CHECK_THROWS_AS(db.back_up_to(mine), DatabaseError);
  CHECK(fs::file_size(mine) == 4);
}

TEST_CASE("a database behind a link that leads nowhere yet is made there, for its owner alone") {
  const ScratchFolder folder;
  fs::create_symlink(folder.file("real.db"), folder.file("hub.db"));
  CHECK(refusal(folder.file("hub.db")) == "");
  CHECK(fs::status(folder.file("real.db")).permissions() == kOwnerAlone);
}

TEST_CASE("a path without a database is refused where none is to be made") {
  const ScratchFolder folder;
  const auto path = folder.file("hbu.db");
  CHECK(refusal(path, IfMissing::refuse).find("there is no database " + path) == 0);
  CHECK_FALSE(fs::exists(path));
  CHECK(refusal(path) == "");
  CHECK(refusal(path, IfMissing::refuse) == "");
}

TEST_CASE("another program's database is refused and stays as it was") {
  const ScratchFolder folder;
  const auto path = folder.file("other.db");
  run_sql(path, "CREATE TABLE recipes (name TEXT)");
  const auto before = read_file(path);
  CHECK(refusal(path).find("another program (it has a table recipes)") != std::string::npos);
  REQUIRE(before);
  CHECK((*read_file(path) == *before));
  CHECK(std::distance(fs::directory_iterator(folder.file("")), {}) == 1);
  run_sql(path, "DROP TABLE recipes");
  CHECK(refusal(path) == "");
}

TEST_CASE("why a database does not open is said with what to do about it") {
  const ScratchFolder folder;
  CHECK(refusal(folder.write("text.db", std::string(5000, 'x'))).find("name another file") != std::string::npos);
  CHECK(refusal(":memory:").find("name a file") != std::string::npos);
  CHECK(refusal(folder.file("nowhere/hub.db")).find("cannot be made: No such file") != std::string::npos);
}

TEST_CASE("a database is in use while anybody has it open") {
  const ScratchFolder folder;
  const auto path = folder.file("hub.db");
  {
    Database db(path);
    count_up(db);
    CHECK(Database::is_in_use(path));
    CHECK(counted_to(*db.reader()) == 2);  // asking disturbs nobody
  }
  CHECK_FALSE(Database::is_in_use(path));
  CHECK_FALSE(Database::is_in_use(folder.write("text.db", std::string(5000, 'x'))));
}

TEST_CASE("a snapshot sees nothing of what is written while it lives") {
  const ScratchFolder folder;
  Database db(folder.file("hub.db"));
  const auto reader = db.reader();
  const auto before = counted_to(*reader);
  {
    const Snapshot snapshot(*reader);
    CHECK(counted_to(*reader) == before);
    count_up(db);
    CHECK(counted_to(*reader) == before);
  }
  CHECK(counted_to(*reader) == before + 1);
}

TEST_CASE("a transaction that throws leaves nothing behind") {
  const ScratchFolder folder;
  Database db(folder.file("hub.db"));
  const auto before = counted_to(*db.reader());
  CHECK_THROWS_AS(db.write([](Writer& writer) {
    bump_change_number(writer);
    throw std::runtime_error("no");
  }),
                  std::runtime_error);
  CHECK(counted_to(*db.reader()) == before);
}

}  // namespace
}  // namespace voice::store
