// server/compress.h - the two compressions that browsers and feed readers ask for.
#pragma once
#include <string>
#include <string_view>

namespace voice::server {

/// Made once for bytes that change now and then: level 6 of gzip and 5 of Brotli, about 1 ms for a page of 60 kB.
std::string gzip(std::string_view bytes);
std::string brotli(std::string_view bytes);
/// Made at the start for bytes that never change: the best each can do.
std::string gzip_best(std::string_view bytes);
std::string brotli_best(std::string_view bytes);

}  // namespace voice::server
