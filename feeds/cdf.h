// feeds/cdf.h - Microsoft's Channel Definition Format of 1997, still served by a few. Private to this room.
#pragma once
#include <pugixml.hpp>

#include "feeds/feed.h"
#include "feeds/scope.h"

namespace voice::feeds {

/// Whether a <channel> is CDF's: it, or an item in it, has its address as an attribute.
bool is_cdf(pugi::xml_node channel);
void read_cdf(Scope& scope, pugi::xml_node channel, Feed& feed);

}  // namespace voice::feeds
