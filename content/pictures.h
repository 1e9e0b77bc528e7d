// content/pictures.h - the picture a page means to show, however lazily it says so.
#pragma once
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "content/attributes.h"
#include "content/html_tree.h"

namespace voice::content::html {

class Pictures {
 public:
  Pictures(Tree& tree, const Addresses& addresses) : tree_(tree), addresses_(addresses) {}

  /// Says that the document has <noscript> elements, so that pictures have to be told apart.
  void expect_fallbacks() { has_fallbacks_ = true; }
  /// A safe <img> for this one, or null: it has no address, only counts readers, or was shown already by a <noscript>.
  Node* image(const Node& from);
  /// The same for the <img> of a <noscript>; null where the lazy one before it was recovered.
  Node* fallback_image(const Node& from);
  /// A safe <picture>, a lone <img>, or null.
  Node* picture(const Node& from);

 private:
  struct Source {
    std::string_view url;  ///< safe to use
    bool lazy = false;
  };
  Source source_of(const Node& from);
  std::string_view resource(std::string_view reference);  ///< empty where it is none
  Node* build(const Node& from, std::string_view src);
  void finish(Node& node);

  Tree& tree_;
  const Addresses& addresses_;
  std::unordered_set<std::string> recovered_;  ///< keys of lazy images shown
  std::unordered_set<std::string> fallbacks_;  ///< keys of <noscript> images shown
  std::vector<Attribute> attributes_;
  bool has_fallbacks_ = false;
  std::string last_;  ///< key of the image shown last
};

}  // namespace voice::content::html
