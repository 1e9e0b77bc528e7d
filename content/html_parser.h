// content/html_parser.h - a fragment of HTML as a browser would read it (WHATWG HTML, 13.2.6), as a tree.
//
// Ours, because the sanitiser stands or falls with it: the packaged parser takes time with the square of the nesting, so
// documents over a budget had to lose their markup. Here time and memory grow with the size of the document alone: the
// stack of open elements is 256 deep at most (deeper tags are as if they were not written), the list of formatting
// elements 32, the copies that misnested formatting asks for are counted, and so are nodes. tests/content/parser_test.cpp holds
// it against the packaged one.
//
// Where it differs from the standard, nothing we show depends on it: <template> is skipped with its content, there are no
// framesets, comments and doctypes are dropped.
#pragma once
#include <cstddef>
#include <string_view>

#include "content/html_tree.h"

namespace voice::content::html {

/// A post of more nodes than this is no post. Memory ends here: a node takes 64 bytes, and two can be made of four ("<p>x").
inline constexpr std::size_t kMostNodes = 250'000;

/// Parses `source` (valid UTF-8) as the content of a <body>. Nodes may point into `source`, which must outlive the tree.
/// Once there are more than `most_nodes`, what remains is kept as its words: the tree then has a few more than that.
Tree parse_fragment(std::string_view source, std::size_t most_nodes = kMostNodes);

}  // namespace voice::content::html
