// feeds/media_types.h - what kind of file an enclosure is, where its feed does not say. Private to this room.
#pragma once
#include <string>
#include <string_view>

namespace voice::feeds {

/// The declared type in lower case where it is one ("audio/mpeg"), else the one its address's ending stands for, else empty.
std::string media_type_of(std::string_view declared, std::string_view address);

}  // namespace voice::feeds
