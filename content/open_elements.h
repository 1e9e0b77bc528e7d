// content/open_elements.h - the stack of open elements and the questions the standard asks of it. Private to this room.
#pragma once
#include <vector>

#include "content/html_tree.h"

namespace voice::content::html {

/// "Special" in the sense of HTML, 13.2.4.2: elements that end tags of others cannot close through.
bool is_special(const Node& node);
/// MathML elements inside which text and most tags are HTML.
bool is_math_text_point(const Node& node);
/// Foreign elements whose content is HTML.
bool is_html_point(const Node& node);

enum class Scope { any, list_item, button, table };

class OpenElements {
 public:
  /// Deeper elements are not opened. Real posts stay below 60; browsers give up at 512.
  static constexpr std::size_t kDeepest = 256;

  explicit OpenElements(Node& root) { nodes_.push_back(&root); }

  Node& current() const { return *nodes_.back(); }
  std::size_t size() const { return nodes_.size(); }
  Node& operator[](std::size_t i) const { return *nodes_[i]; }
  bool is_full() const { return nodes_.size() >= kDeepest; }
  bool only_root() const { return nodes_.size() == 1; }

  void push(Node& node);
  void pop();
  /// Pops until one with this tag (an HTML element) was popped.
  void pop_through(Tag tag);
  void pop_through(const Node& node);
  void remove(const Node& node);
  void insert(std::size_t at, Node& node);
  void replace(std::size_t at, Node& node);
  /// Position of the node, or 0 (the root's) where it is not open.
  std::size_t find(const Node& node) const;

  bool has_in_scope(Tag tag, Scope scope = Scope::any) const;
  bool has_node_in_scope(const Node& node) const;
  bool has_heading_in_scope() const;

  /// Pops elements whose end tag may be left out; not `except`, nor rtc where told so.
  void end_implied(Tag except = Tag::other, bool keep_rtc = false);

 private:
  template <class Wanted>
  bool search(Scope scope, Wanted&& wanted) const;
  void count(Tag tag, int change);

  std::vector<Node*> nodes_;
  int paragraphs_ = 0;  ///< open <p>; most questions are about them, and mostly there is none
};

}  // namespace voice::content::html
