#include <algorithm>

#include "base/text.h"
#include "content/cleaner.h"

namespace voice::content::html {
namespace {

// Node::flags while settling.
constexpr std::uint8_t kShows = 1;     // text, a picture or a rule is inside
constexpr std::uint8_t kHasBlock = 2;  // itself or something inside would end a paragraph

bool is_structural(Tag tag) {
  return tag == Tag::table || tag == Tag::thead || tag == Tag::tbody || tag == Tag::tfoot || tag == Tag::tr ||
         is_cell(tag) || tag == Tag::caption;
}
bool is_block(const Node& node) { return !node.is_text() && (ends_paragraph(node.tag) || is_structural(node.tag)); }

class Settler {
 public:
  explicit Settler(Tree& tree) : tree_(tree) {}

  void run(Node& node) {
    for (Node* child = node.first; child;) {
      Node* next = child->next;
      child->flags = 0;
      run(*child);
      settle(*child);
      child = next;
    }
    gather(node);
  }

 private:
  static void gather(Node& node) {
    for (const Node* child = node.first; child; child = child->next) node.flags |= child->flags & (kShows | kHasBlock);
  }

  void settle(Node& node) {
    if (node.is_text()) {
      if (!is_blank(node.text())) node.flags = kShows;
      return;
    }
    if (node.tag == Tag::img || node.tag == Tag::hr) node.flags |= kShows;
    if (node.tag == Tag::p && (node.flags & kHasBlock) != 0) node.tag = Tag::div;
    if (is_block(node)) node.flags |= kHasBlock;
    if (is_void(node.tag)) return;
    if ((node.flags & kShows) == 0 && !node.find("id")) return drop_empty(node);
    if (node.tag == Tag::pre) drop_blank_start(node);
    if (is_bare_wrapper(node)) unwrap(node);
  }

  // Parsers drop one line break after <pre>, and browsers don't write it twice: none is left to disagree about.
  static void drop_blank_start(Node& node) {
    while (node.first && node.first->is_text()) {
      const auto text = node.first->text();
      node.first->set_text(text.substr(std::min(text.find_first_not_of('\n'), text.size())));
      if (!node.first->text().empty()) return;
      detach(*node.first);
    }
  }

  void drop_empty(Node& node) {
    if (is_cell(node.tag)) {
      // An empty cell keeps its column; a table of nothing else goes as a whole.
      while (Node* child = node.first) detach(*child);
      return;
    }
    if (!is_block(node)) return unwrap(node);
    const auto is_inline = [](const Node* n) { return n && !is_block(*n); };
    const bool parts_words = is_inline(node.previous) && is_inline(node.next);
    if (parts_words) insert_before(*node.parent, tree_.text("\n"), &node);
    detach(node);
  }

  // A <div> without a word about its content, around nothing but blocks.
  static bool is_bare_wrapper(const Node& node) {
    if (node.tag != Tag::div || node.attribute_count != 0) return false;
    bool has_block = false;
    for (const Node* child = node.first; child; child = child->next) {
      if (is_block(*child))
        has_block = true;
      else if (!child->is_text() || !is_blank(child->text()))
        return false;
    }
    return has_block;
  }

  Tree& tree_;
};

}  // namespace

bool is_blank(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (is_space(text[at])) {
      ++at;
      continue;
    }
    if (static_cast<unsigned char>(text[at]) < 0x80) return false;
    const char32_t c = next_code_point(text, at);
    const bool blank = c == 0xA0 || (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
                       c == 0x2060 || c == 0x3000 || c == 0xFEFF;
    if (!blank) return false;
  }
  return true;
}

void settle(Node& root, Tree& tree) {
  root.flags = 0;
  Settler(tree).run(root);
}

}  // namespace voice::content::html
