// content/formatting.h - <b>, <i>, <a> and their kind, which HTML lets overlap other elements. Private to this room.
#pragma once
#include <vector>

#include "content/html_tree.h"
#include "content/open_elements.h"

namespace voice::content::html {

/// The list of active formatting elements (HTML, 13.2.4.3) and the adoption agency that puts overlaps in order.
class Formatting {
 public:
  /// `most_copies`: how many elements may be copied for overlaps in all. Beyond, overlapping formats simply end, so that a
  /// few bytes of markup cannot ask for thousands of elements.
  Formatting(Tree& tree, OpenElements& open, std::size_t most_copies)
      : tree_(tree), open_(open), copies_left_(most_copies) {}

  void add(Node& node);
  void remove(const Node& node);
  /// The last one of that name after the last mark, or null.
  Node* last(Tag tag) const;
  /// Formats opened before a mark don't reach past it: cells, captions and objects set one.
  void mark();
  void clear_to_mark();
  /// Opens again what is active but was closed by something else.
  void reconstruct(bool foster);
  /// The end tag of a formatting element. False where the general rule for end tags applies.
  bool adopt(Tag tag, bool foster);
  /// Puts `node` into `target`, or before the table where it stands between a table's parts (`foster`).
  void place(Node& node, Node& target, bool foster);

 private:
  static constexpr std::size_t kMostActive = 32;

  Node* copy(Node& node);
  std::size_t find(const Node& node) const;  ///< npos where it is not active
  bool adopt_once(Node& element, bool foster);
  static constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

  Tree& tree_;
  OpenElements& open_;
  std::size_t copies_left_;
  std::vector<Node*> active_;  ///< null is a mark
};

}  // namespace voice::content::html
