#include "views/bidi.h"

#include "base/text.h"
#include "content/clusters.h"

namespace voice::views {
namespace {

// The blocks of Hebrew, Arabic and their neighbours, with their presentation forms, and the mark that stands for one of them.
bool is_right_to_left(char32_t c) {
  return c == 0x200F || (c >= 0x0590 && c <= 0x08FF) || (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFC) ||
         (c >= 0x10800 && c <= 0x10FFF) || (c >= 0x1E800 && c <= 0x1EFFF);
}

}  // namespace

std::string direction_of(std::string_view language) {
  for (const std::string_view rtl : {"ar", "he", "fa", "ur", "ps", "yi", "dv", "ckb", "sd"})
    if (starts_with_ignoring_case(language, rtl) && (language.size() == rtl.size() || language[rtl.size()] == '-'))
      return "rtl";
  return {};
}

std::string isolated(std::string_view name) {
  static constexpr std::string_view kFirstStrongIsolate = "\xE2\x81\xA8", kPopIsolate = "\xE2\x81\xA9";
  std::string out;
  bool turns = false;
  for (std::size_t at = 0; at < name.size();) {
    const auto begin = at;
    const char32_t c = next_code_point(name, at);
    if (content::is_direction_mark(c)) continue;
    turns = turns || is_right_to_left(c);
    out += name.substr(begin, at - begin);
  }
  return turns ? std::string(kFirstStrongIsolate).append(out).append(kPopIsolate) : out;
}

}  // namespace voice::views
