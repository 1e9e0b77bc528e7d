// feeds/charset_guess.h - what bytes without a believable label are in. Private to this room.
#pragma once
#include <string_view>

namespace voice::feeds {

/// The WHATWG name of the most plausible encoding of bytes that are not UTF-8. Looks at the first 64 KB.
std::string_view guess_charset(std::string_view bytes);

}  // namespace voice::feeds
