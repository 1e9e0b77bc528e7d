// feeds/entry_reader.h - an <item> or <entry> becomes an Entry. Private to this room.
#pragma once
#include <pugixml.hpp>

#include "feeds/feed.h"
#include "feeds/scope.h"

namespace voice::feeds {

/// Reads the children of `element`, in which `scope` already stands. The same words are understood in every XML format,
/// because feeds mix them; the format's own win over borrowed ones (dc:title, media:title).
Entry read_entry(Scope& scope, pugi::xml_node element, Ns own);

}  // namespace voice::feeds
