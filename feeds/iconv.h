// feeds/iconv.h - bytes through the C library's converter. Private to this room.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace voice::feeds {

struct Converted {
  std::string text;        ///< valid UTF-8
  std::size_t broken = 0;  ///< bytes that meant nothing and became U+FFFD
};

/// Converts `bytes` to UTF-8. `iconv_name` must be one the C library knows (see knows_charset).
Converted convert(std::string_view bytes, const char* iconv_name);
bool knows_charset(const char* iconv_name);

}  // namespace voice::feeds
