#include "views/bidi.h"

#include "base/text.h"

namespace voice::views {
namespace {

// The blocks of Hebrew, Arabic and their neighbours, with their presentation forms.
bool is_right_to_left(char32_t c) {
  return (c >= 0x0590 && c <= 0x08FF) || (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFF) ||
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
  for (std::size_t at = 0; at < name.size();)
    if (is_right_to_left(next_code_point(name, at))) {
      std::string out(kFirstStrongIsolate);
      return out.append(name).append(kPopIsolate);
    }
  return std::string(name);
}

}  // namespace voice::views
