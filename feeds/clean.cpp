#include "feeds/clean.h"

#include <algorithm>

#include "base/text.h"

namespace voice::feeds {
namespace {

// Nothing to do in nearly every text: printable ASCII needs one look at each byte.
bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto b = static_cast<unsigned char>(c);
    return (b >= 0x20 && b < 0x7F) || b == '\n' || b == '\t';
  });
}

}  // namespace

std::string xml_clean(std::string_view text) {
  if (is_plain(text)) return std::string(text);
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto b = static_cast<unsigned char>(text[at]);
    if (b < 0x80) {
      ++at;
      if (b == '\r') {
        if (at == text.size() || text[at] != '\n') out += '\n';
      } else if (b >= 0x20 || b == '\n' || b == '\t') {
        out += static_cast<char>(b);
      }
      continue;
    }
    const char32_t c = next_code_point(text, at);
    if (c != 0xFFFE && c != 0xFFFF) append_utf8(out, c);
  }
  return out;
}

}  // namespace voice::feeds
