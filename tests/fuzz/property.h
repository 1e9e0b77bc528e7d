// tests/fuzz/property.h - how a fuzz target says that something which must hold does not.
#pragma once
#include <cstdio>
#include <cstdlib>

namespace voice::fuzz {

/// Ends the program where `holds` is false: libFuzzer keeps the input, the ordinary test run fails.
inline void property(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "property broken: %s\n", what);
  std::abort();
}

}  // namespace voice::fuzz
