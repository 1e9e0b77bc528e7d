// tests/fuzz/replay.h - a fuzz target over its corpus, as an ordinary test: what once was found stays found.
#pragma once
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace voice::fuzz {

/// Runs `target`, which aborts where a property does not hold, over every file of the corpus called `name`.
inline void replay(const char* name, void (*target)(std::string_view)) {
  CAPTURE(name);
  int files = 0;
  for (const auto& file : std::filesystem::directory_iterator(PROJECT_ROOT "/tests/fuzz/corpus/" + std::string(name))) {
    CAPTURE(file.path().string());
    std::ifstream in(file.path(), std::ios::binary);
    target(std::string(std::istreambuf_iterator<char>(in), {}));
    ++files;
  }
  CHECK(files > 0);
}

}  // namespace voice::fuzz
