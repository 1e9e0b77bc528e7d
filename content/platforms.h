// content/platforms.h - where well-known publishing systems keep the feed of a page. Private to this room.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/url.h"

namespace voice::content {

/// From the address alone; best first, empty for an address we know nothing about.
std::vector<std::string> feeds_by_address(const Url& page);
/// From what the page says made it (<meta name="generator">); empty where that tells nothing.
std::string feed_by_generator(std::string_view generator, const Url& page);

}  // namespace voice::content
