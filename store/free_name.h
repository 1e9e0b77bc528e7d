// store/free_name.h - names of which each may be given once: for addresses, and for files that are kept.
#pragma once
#include <string>

namespace voice::store {

/// `wanted`, or "wanted-2", "wanted-3" and so on, whichever comes first that `is_taken` denies. Asks about it some forty
/// times among a million that are taken, so that a list of blogs that are all called "Blog" is read in its time. Where
/// names in between have become free again it may be a later one.
template <class IsTaken>
std::string free_name(const std::string& wanted, IsTaken&& is_taken) {
  const auto name = [&](int n) { return n == 1 ? wanted : wanted + "-" + std::to_string(n); };
  int taken = 0, free = 1;
  for (; is_taken(name(free)); free *= 2) taken = free;
  while (free - taken > 1) {
    const int between = taken + (free - taken) / 2;
    (is_taken(name(between)) ? taken : free) = between;
  }
  return name(free);
}

}  // namespace voice::store
