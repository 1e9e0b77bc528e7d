#include "store/json_columns.h"

#include <nlohmann/json.hpp>

#include "base/text.h"

namespace voice::store {
namespace {
using nlohmann::json;

// Our own columns hold valid UTF-8; should one not, U+FFFD stands where it is broken rather than an exception.
std::string dump(const json& value) { return value.dump(-1, ' ', false, json::error_handler_t::replace); }

json read(std::string_view text) {
  auto value = json::parse(text, nullptr, false);
  return value.is_array() ? value : json::array();
}

std::string text_of(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::int64_t number_of(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_number() ? found->get<std::int64_t>() : 0;
}

void put(json& object, const char* key, const std::string& text) {
  if (!text.empty()) object[key] = text;
}
}  // namespace

std::string to_json(const std::vector<feeds::Person>& people) {
  if (people.empty()) return "[]";
  json list = json::array();
  for (const auto& person : people) {
    json object = json::object();
    put(object, "name", person.name);
    put(object, "url", person.url);
    put(object, "email", person.email);
    list.push_back(std::move(object));
  }
  return dump(list);
}

std::string to_json(const std::vector<std::string>& texts) { return texts.empty() ? "[]" : dump(json(texts)); }

std::string to_json(const std::vector<feeds::Enclosure>& enclosures) {
  if (enclosures.empty()) return "[]";
  json list = json::array();
  for (const auto& e : enclosures) {
    json object = {{"url", e.url}};
    put(object, "type", e.mime_type);
    put(object, "title", e.title);
    if (e.size_in_bytes > 0) object["size"] = e.size_in_bytes;
    if (e.duration_in_seconds > 0) object["seconds"] = e.duration_in_seconds;
    list.push_back(std::move(object));
  }
  return dump(list);
}

std::vector<feeds::Person> read_people(std::string_view text) {
  std::vector<feeds::Person> people;
  if (text == "[]") return people;
  for (const auto& object : read(text))
    if (object.is_object())
      people.push_back({text_of(object, "name"), text_of(object, "url"), text_of(object, "email")});
  return people;
}

std::vector<std::string> read_texts(std::string_view text) {
  std::vector<std::string> texts;
  if (text == "[]") return texts;
  for (const auto& item : read(text))
    if (item.is_string()) texts.push_back(item.get<std::string>());
  return texts;
}

std::vector<feeds::Enclosure> read_enclosures(std::string_view text) {
  std::vector<feeds::Enclosure> enclosures;
  if (text == "[]") return enclosures;
  for (const auto& object : read(text))
    if (object.is_object())
      enclosures.push_back({.url = text_of(object, "url"),
                            .mime_type = text_of(object, "type"),
                            .size_in_bytes = number_of(object, "size"),
                            .title = text_of(object, "title"),
                            .duration_in_seconds = number_of(object, "seconds")});
  return enclosures;
}

}  // namespace voice::store
