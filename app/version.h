// app/version.h - which program this is.
#pragma once
#include <string_view>

namespace voice::app {
std::string_view version();  ///< "0.1.0"
}  // namespace voice::app
