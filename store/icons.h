// store/icons.h - the small pictures that blogs have on their pages, kept so that readers need not ask the blogs for them.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "store/db.h"

namespace voice::store {

struct Icon {
  std::string type;  ///< a media type of pictures, from the bytes and not from their sender
  std::string mark;  ///< changes with the bytes
  std::string bytes;
};

std::optional<Icon> find_icon(Reader& db, BlogId blog);
/// The mark alone; empty where the blog has no icon.
std::string icon_mark(Reader& db, BlogId blog);

/// Keeps or replaces a blog's icon; bumps the change number when it is another one.
void put_icon(Writer& db, BlogId blog, std::string_view type, std::string_view bytes);
void remove_icon(Writer& db, BlogId blog);

}  // namespace voice::store
