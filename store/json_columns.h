// store/json_columns.h - the few lists that live inside a row, as JSON text.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "feeds/feed.h"

namespace voice::store {

std::string to_json(const std::vector<feeds::Person>& people);
std::string to_json(const std::vector<std::string>& texts);
std::string to_json(const std::vector<feeds::Enclosure>& enclosures);
std::vector<feeds::Person> read_people(std::string_view json);
std::vector<std::string> read_texts(std::string_view json);
std::vector<feeds::Enclosure> read_enclosures(std::string_view json);

}  // namespace voice::store
