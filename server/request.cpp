#include "server/request.h"

#include "base/text.h"
#include "base/url.h"

namespace voice::server {

const std::string* Fields::find(std::string_view name) const {
  for (const auto& [key, value] : fields_)
    if (key == name) return &value;
  return nullptr;
}

std::string Fields::get(std::string_view name) const {
  const std::string* value = find(name);
  return value ? *value : std::string();
}

std::vector<std::string> Fields::all(std::string_view name) const {
  std::vector<std::string> values;
  for (const auto& [key, value] : fields_)
    if (key == name) values.push_back(value);
  return values;
}

std::string_view Request::header(std::string_view name) const {
  for (const auto& [key, value] : headers)
    if (equals_ignoring_case(key, name)) return value;
  return {};
}

std::string Request::cookie(std::string_view name) const {
  for (const auto part : split(header("Cookie"), ';')) {
    const auto pair = trim(part);
    const auto equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == name) return std::string(pair.substr(equals + 1));
  }
  return {};
}

Fields read_url_encoded(std::string_view text) {
  const auto decode = [](std::string_view part) { return repair_utf8(percent_decode(replace_all(part, "+", " "))); };
  Fields fields;
  for (const auto part : split(text, '&')) {
    if (part.empty()) continue;
    const auto equals = part.find('=');
    const auto name = part.substr(0, equals);
    fields.add(decode(name), equals == std::string_view::npos ? std::string() : decode(part.substr(equals + 1)));
  }
  return fields;
}

}  // namespace voice::server
