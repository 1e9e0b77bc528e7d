// content/tree_text.h - what a reader sees of a tree, as text.
#pragma once
#include <string>

#include "content/html_tree.h"

namespace voice::content::html {

/// The text below `node`: white space as HTML shows it, a tab between the cells of a row, a line break between blocks, a
/// blank line between paragraphs.
std::string text_of(const Node& node);

/// Of that only what stands in running paragraphs: no headings, lists, tables, figures or code, and a line broken inside a
/// paragraph goes on. Where a paragraph announces with a colon what is left out, an ellipsis takes the colon's place.
std::string paragraphs_of(const Node& node);

}  // namespace voice::content::html
