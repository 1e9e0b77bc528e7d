// tests/store/scratch.h - a real database in memory, built by the real migrations, that goes with the test.
#pragma once
#include <atomic>
#include <string>

#include "store/db.h"

namespace voice::store {

struct Scratch {
  Database db;

  /// Of one thread: whoever reads a table of a database in memory while it is written is refused, and not made to wait.
  Scratch() : db("file:scratch" + std::to_string(next()) + "?mode=memory&cache=shared") {}
  /// In a file, as a hub has it.
  explicit Scratch(const std::string& path) : db(path) {}

 private:
  static int next() {
    static std::atomic<int> number{0};
    return ++number;
  }
};

}  // namespace voice::store
