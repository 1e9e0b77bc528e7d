// content/safe_list.h - what sanitised HTML may consist of, said once more and independently of what produces it.
//
// The chooser builds from an allow-list; this looks at a finished fragment and names what should not be there. Tests and
// fuzz targets hold every output against it.
#pragma once
#include <string>
#include <string_view>

namespace voice::content {

/// Empty where `fragment` holds only what it may; else what was found, for example "attribute onclick on p". Reads the
/// text itself and not a tree, so that a fault of the parser cannot hide one of the sanitiser.
std::string unsafe_in(std::string_view fragment);

}  // namespace voice::content
