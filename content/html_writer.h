// content/html_writer.h - a cleaned tree as text that every HTML parser reads back as the same tree.
#pragma once
#include <string>
#include <string_view>

#include "content/html_tree.h"

namespace voice::content::html {

/// The children of `root`. Void elements have no end tag, attributes are quoted, & < > " are always escaped.
std::string write_children(const Node& root, std::size_t expected_bytes = 0);

void append_escaped(std::string& out, std::string_view text);

}  // namespace voice::content::html
