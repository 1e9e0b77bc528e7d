// tests/content/gumbo_oracle.h - another parser's opinion of a fragment, to hold ours against.
#pragma once
#include <string>
#include <string_view>

#include "content/html_tree.h"

namespace voice::content::html {

/// A tree written one node a line, as the test suites of HTML parsers do: names, attributes in order of their names, text.
/// Adjacent text is one; <template>, comments and what only says where things came from are left out.
std::string dump(const Node& root);
/// The same of what gumbo reads.
std::string dump_by_gumbo(std::string_view source);

}  // namespace voice::content::html
