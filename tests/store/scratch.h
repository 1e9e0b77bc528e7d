// tests/store/scratch.h - a real database in memory, built by the real migrations, that goes with the test.
#pragma once
#include <atomic>
#include <string>

#include "store/db.h"

namespace voice::store {

struct Scratch {
  Database db{"file:scratch" + std::to_string(next()) + "?mode=memory&cache=shared"};

 private:
  static int next() {
    static std::atomic<int> number{0};
    return ++number;
  }
};

}  // namespace voice::store
