// content/html_parser.h - a fragment of HTML as a browser would read it (WHATWG HTML, 13.2), as a tree.
#pragma once
#include <optional>
#include <string_view>

#include "content/html_tree.h"

namespace voice::content::html {

/// Parses `source` (valid UTF-8) as the content of a <body>. Nodes may point into `source`. Nothing where the document
/// is over the budget (see html_parser.cpp): time would grow with the square of its nesting.
std::optional<Tree> parse_fragment(std::string_view source);

}  // namespace voice::content::html
