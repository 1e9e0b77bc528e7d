// content/pictures.h - the picture a page means to show, however lazily it says so.
#pragma once
#include <string>
#include <unordered_set>

#include "content/attributes.h"
#include "content/html_tree.h"

namespace voice::content::html {

class Pictures {
 public:
  Pictures(Tree& tree, const Addresses& addresses) : tree_(tree), addresses_(addresses) {}

  /// A safe <img> for this one, or null: it has no address, only counts readers, or was shown already by a <noscript>.
  Node* image(const Node& from);
  /// The same for the <img> of a <noscript>; null where the lazy one before it was recovered.
  Node* fallback_image(const Node& from);
  /// A safe <picture>, a lone <img>, or null.
  Node* picture(const Node& from);

 private:
  Node* build(const Node& from, const std::string& src);

  Tree& tree_;
  const Addresses& addresses_;
  std::unordered_set<std::string> recovered_;  ///< keys of lazy images shown
  std::unordered_set<std::string> fallbacks_;  ///< keys of <noscript> images shown
  std::string last_;                           ///< key of the image shown last
};

}  // namespace voice::content::html
