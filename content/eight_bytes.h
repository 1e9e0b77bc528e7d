// content/eight_bytes.h - questions asked of eight bytes at once. Private to this room.
//
// Most text holds nothing that needs work; looking at it in words of eight bytes passes over it several times faster than
// byte by byte, on every processor (the "haszero" of Bit Twiddling Hacks).
#pragma once
#include <cstdint>
#include <cstring>
#include <string_view>

namespace voice::content {

inline std::uint64_t eight_bytes(const char* at) {
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  return word;
}
constexpr std::uint64_t eight_times(unsigned char byte) { return 0x0101010101010101U * byte; }
constexpr bool has_zero(std::uint64_t word) { return ((word - eight_times(1)) & ~word & eight_times(0x80)) != 0; }

/// One of & < > ". The pairs differ in one bit each, which is masked out.
constexpr bool has_markup(std::uint64_t word) {
  return has_zero((word & ~eight_times(2)) ^ eight_times('<')) || has_zero((word & ~eight_times(4)) ^ eight_times('"'));
}
static_assert(('<' | 2) == '>' && ('"' | 4) == '&');

/// All eight are ASCII and neither controls nor DEL.
constexpr bool is_plain(std::uint64_t word) {
  const bool high = (word & eight_times(0x80)) != 0;
  const bool control = ((word - eight_times(0x20)) & ~word & eight_times(0x80)) != 0;
  return !high && !control && !has_zero(word ^ eight_times(0x7F));
}

}  // namespace voice::content
