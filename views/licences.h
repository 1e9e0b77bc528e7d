// views/licences.h - what licences are called. Feeds name them by their addresses.
#pragma once
#include <string>
#include <string_view>

namespace voice::views {

/// "Creative Commons BY-SA 4.0" for https://creativecommons.org/licenses/by-sa/4.0/, however the address is written; the
/// text itself where it is none we know.
std::string licence_name(std::string_view licence);

}  // namespace voice::views
