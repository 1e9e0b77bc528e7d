// tests/store/scratch.h - a real database, built by the real migrations, that goes with the test.
#pragma once
#include <atomic>
#include <string>

#include "store/db.h"

namespace voice::store {

struct Scratch {
  Database db;

  /// In memory for tests of one thread: whoever reads a table there while it is written is refused, and not made to wait.
  /// In a file, as a hub has it, for the others.
  explicit Scratch(const std::string& path = in_memory()) : db(path) {}

  static std::string in_memory() { return "file:scratch" + std::to_string(next()) + "?mode=memory&cache=shared"; }

 private:
  static int next() {
    static std::atomic<int> number{0};
    return ++number;
  }
};

}  // namespace voice::store
