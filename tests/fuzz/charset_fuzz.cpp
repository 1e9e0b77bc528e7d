// Whatever comes in, under whatever label, comes out as valid UTF-8 of bounded size. The first line is the Content-Type.
#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "feeds/charset.h"
#include "property.h"

void fuzz_charset(std::string_view input) {
  const auto line = std::min(input.find('\n'), input.size());
  const auto bytes = input.substr(std::min(line + 1, input.size()));
  const auto decoded = voice::feeds::to_utf8(bytes, input.substr(0, line));
  voice::fuzz::property(voice::is_valid_utf8(decoded.text), "valid UTF-8");
  voice::fuzz::property(decoded.text.size() <= 4 * bytes.size() + 8, "bounded size");
  voice::fuzz::property(!decoded.encoding.empty(), "an encoding is named");
}
