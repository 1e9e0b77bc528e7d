// feeds/date_words.h - what months and zones are called. Private to this room.
#pragma once
#include <optional>
#include <string_view>

namespace voice::feeds {

/// 1 to 12 for the name of a month, whole or cut to three letters or more, in the languages of the table; 0 where no
/// month begins like this or months of two languages do.
int month_called(std::string_view word);

/// Minutes east of UTC for the name of a zone ("EST", "CEST", "Z"). Nothing where the name is unknown or means different
/// zones to different people (IST).
std::optional<int> zone_called(std::string_view word);

}  // namespace voice::feeds
