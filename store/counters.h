// store/counters.h - numbers kept under a name, such as the version of the rules that something stored was made by.
#pragma once
#include <cstdint>
#include <string_view>

#include "store/db.h"

namespace voice::store {

std::int64_t counter(Reader& db, std::string_view name);  ///< 0 where there is none yet
void set_counter(Writer& db, std::string_view name, std::int64_t value);

}  // namespace voice::store
