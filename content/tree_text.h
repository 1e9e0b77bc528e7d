// content/tree_text.h - what a reader sees of a tree, as text.
#pragma once
#include <string>

#include "content/html_tree.h"

namespace voice::content::html {

/// The text below `node`: white space as HTML shows it, a line break between blocks, a blank line between paragraphs.
std::string text_of(const Node& node);

}  // namespace voice::content::html
