// feeds/doctype.h - the entities a document declares for itself. Private to this room.
#pragma once
#include <string_view>

#include "feeds/references.h"

namespace voice::feeds {

/// Reads <!ENTITY name "text"> from the internal subset of the DOCTYPE, if there is one in `prolog`. Only plain values count: external
/// entities (SYSTEM, PUBLIC) are never fetched, parameter entities are ignored, and a value may use what was declared
/// before it only until kLongestExpansion is reached, so a "billion laughs" stays a smile.
DeclaredEntities declared_entities(std::string_view prolog);

}  // namespace voice::feeds
