// feeds/html_entities.h - the named character references of HTML as a table. Private to this room.
#pragma once
#include <cstddef>
#include <string_view>

namespace voice::feeds {

struct HtmlEntity {
  std::string_view name;  ///< without & and ;
  std::string_view text;  ///< UTF-8, one or two code points
};

extern const HtmlEntity kHtmlEntities[];  ///< sorted by name, bytewise
extern const std::size_t kHtmlEntityCount;

}  // namespace voice::feeds
