#include "feeds/charset.h"

#include "base/text.h"

namespace voice::feeds {

std::string_view encoding_for_label(std::string_view label) {
  return equals_ignoring_case(trim(label), "utf-8") ? "utf-8" : std::string_view();
}

std::string_view charset_parameter(std::string_view content_type) {
  const auto at = find_ignoring_case(content_type, "charset=");
  if (at == std::string_view::npos) return {};
  auto value = content_type.substr(at + 8);
  value = trim(value.substr(0, value.find(';')));
  if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front())
    value = value.substr(1, value.size() - 2);
  return trim(value);
}

DecodedText to_utf8(std::string_view bytes, std::string_view) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  DecodedText out;
  out.encoding = "utf-8";
  out.clean = is_valid_utf8(bytes);
  out.text = out.clean ? std::string(bytes) : repair_utf8(bytes);
  return out;
}

}  // namespace voice::feeds
