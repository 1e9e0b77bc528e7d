// base/by_text.h - a table looked up by text that need not be copied into a string for it.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace voice {

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

/// find() takes a std::string_view; operator[] and emplace() a std::string.
template <class Value>
using ByText = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;

}  // namespace voice
