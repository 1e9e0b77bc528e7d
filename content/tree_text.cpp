#include "content/tree_text.h"

#include "base/text.h"

namespace voice::content::html {
namespace {

bool parts_lines(Tag tag) { return ends_paragraph(tag) || tag == Tag::tr || tag == Tag::caption || tag == Tag::br; }
bool parts_paragraphs(Tag tag) {
  return tag == Tag::p || is_heading(tag) || tag == Tag::blockquote || tag == Tag::pre || tag == Tag::ul ||
         tag == Tag::ol || tag == Tag::dl || tag == Tag::table || tag == Tag::figure || tag == Tag::hr;
}

class TextOf {
 public:
  std::string run(const Node& node) {
    children(node, false);
    return std::move(out_);
  }

 private:
  void children(const Node& node, bool verbatim) {
    for (const Node* child = node.first; child; child = child->next) {
      if (child->is_text())
        text(child->text, verbatim);
      else
        element(*child, verbatim);
    }
  }

  void element(const Node& node, bool verbatim) {
    if (node.tag == Tag::rp || node.tag == Tag::rt) return;  // the reading of a word would double it
    if (node.tag == Tag::img && node.find("class") != nullptr) text(node.value_of("alt"), verbatim);  // an emoji
    const int breaks = parts_paragraphs(node.tag) ? 2 : parts_lines(node.tag) ? 1 : 0;
    ask_for_breaks(breaks);
    if (is_cell(node.tag) && node.previous) space_ = true;
    children(node, verbatim || node.tag == Tag::pre);
    if (node.tag != Tag::br) ask_for_breaks(breaks);
  }

  void ask_for_breaks(int breaks) {
    if (breaks > breaks_) breaks_ = breaks;
  }

  void text(std::string_view text, bool verbatim) {
    if (verbatim) {
      if (text.empty()) return;
      settle();
      out_ += text;
      return;
    }
    for (const char c : text) {
      if (is_space(c)) {
        space_ = true;
        continue;
      }
      settle();
      out_ += c;
    }
  }

  // Writes the breaks or the space that wait for text to follow them.
  void settle() {
    if (!out_.empty()) {
      if (breaks_ > 0)
        out_.append(static_cast<std::size_t>(breaks_), '\n');
      else if (space_ && !is_space(out_.back()))
        out_ += ' ';
    }
    breaks_ = 0;
    space_ = false;
  }

  std::string out_;
  int breaks_ = 0;
  bool space_ = false;
};

}  // namespace

std::string text_of(const Node& node) { return TextOf().run(node); }

}  // namespace voice::content::html
