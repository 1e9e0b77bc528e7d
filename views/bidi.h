// views/bidi.h - names and titles in scripts written from right to left, inside our English sentences (UAX #9).
#pragma once
#include <string>
#include <string_view>

namespace voice::views {

/// "rtl" for languages written from right to left; empty otherwise.
std::string direction_of(std::string_view language);

/// `name` as it may stand in a line of other text: where it has letters written from right to left, between U+2068 and
/// U+2069, so that a date after it stays after it. Embeddings, overrides and isolates of its own go: they would end ours, or
/// outlast the name. In templates <bdi> does the same.
std::string isolated(std::string_view name);

}  // namespace voice::views
