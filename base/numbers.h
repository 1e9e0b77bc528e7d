// base/numbers.h - a number written in text.
#pragma once
#include <charconv>
#include <optional>
#include <string_view>

namespace voice {

/// The number that all of `text` says, in decimal; nothing where there is anything else in it, a '+' or a space too, or where
/// it does not fit.
template <class T>
std::optional<T> parse_number(std::string_view text) {
  T number{};
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace voice
