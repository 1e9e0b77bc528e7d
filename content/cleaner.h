// content/cleaner.h - the tree of a stranger's document becomes one that holds only what our pages may show.
//
// Three steps, each of which changes nothing when it meets its own result:
//   choose   (chooser.cpp)  an allow-list of elements and attributes builds a new tree, embeds become links
//   settle   (settler.cpp)  the new tree is put into a form that every HTML parser reads back unchanged
//   anchors  (anchors.cpp)  links inside the document and their targets are matched, what points nowhere is dropped
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "content/attributes.h"
#include "content/html_tree.h"

namespace voice::content::html {

/// An element with an id, or a link to one, while it is not yet known whether the other end survives.
struct Anchor {
  Node* node;
  std::string name;       ///< without our prefix
  std::string elsewhere;  ///< for a link: its absolute address, should the target not be here; may be empty
};

struct Chosen {
  std::vector<Anchor> targets;
  std::vector<Anchor> links;
};

/// Ids of strangers get this prefix, so that they cannot stand for anything of the page around them.
inline constexpr std::string_view kIdPrefix = "user-content-";
/// Deeper elements are unwrapped: browsers flatten below 512 levels, each in its own way.
inline constexpr int kMostLevels = 120;

Chosen choose(const Node& from, Tree& into, const Addresses& addresses);
void settle(Node& root, Tree& tree);
/// True when something was dropped, so that the tree has to be settled again.
bool match_anchors(Chosen& chosen, Node& root, Tree& tree);

/// An <a> that leads to `href` and vouches for nothing; it has to be put somewhere.
Node& new_link(Tree& tree, std::string_view href);

/// True for text that shows nothing: white space, no-break and zero-width spaces.
bool is_blank(std::string_view text);

}  // namespace voice::content::html
