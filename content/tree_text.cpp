#include "content/tree_text.h"

#include "base/text.h"

namespace voice::content::html {
namespace {

bool parts_lines(Tag tag) { return ends_paragraph(tag) || tag == Tag::tr || tag == Tag::caption || tag == Tag::br; }
bool parts_paragraphs(Tag tag) {
  return tag == Tag::p || is_heading(tag) || tag == Tag::blockquote || tag == Tag::pre || tag == Tag::ul ||
         tag == Tag::ol || tag == Tag::dl || tag == Tag::table || tag == Tag::figure || tag == Tag::hr;
}

bool is_beside_the_paragraphs(Tag tag) {
  return is_heading(tag) || tag == Tag::ul || tag == Tag::ol || tag == Tag::dl || tag == Tag::menu || tag == Tag::dir ||
         tag == Tag::table || tag == Tag::figure || tag == Tag::figcaption || tag == Tag::pre || tag == Tag::summary;
}

enum class Part { everything, paragraphs };

class TextOf {
 public:
  explicit TextOf(Part part) : part_(part) {}
  std::string run(const Node& node) {
    children(node, false);
    return std::move(out_);
  }

 private:
  void children(const Node& node, bool verbatim) {
    for (const Node* child = node.first; child; child = child->next) {
      if (child->is_text())
        text(child->text(), verbatim);
      else
        element(*child, verbatim);
    }
  }

  void element(const Node& node, bool verbatim) {
    if (node.tag == Tag::rp || node.tag == Tag::rt) return;  // the reading of a word would double it
    if (node.tag == Tag::img && node.find("class") != nullptr) text(node.value_of("alt"), verbatim);  // an emoji
    if (part_ == Part::paragraphs) {
      if (node.tag == Tag::br) {
        space_ = true;
        return;
      }
      if (is_beside_the_paragraphs(node.tag)) return leave_out();
    }
    const int breaks = parts_paragraphs(node.tag) ? 2 : parts_lines(node.tag) ? 1 : 0;
    ask_for_breaks(breaks);
    if (is_cell(node.tag) && node.previous) tab_ = true;
    children(node, verbatim || node.tag == Tag::pre);
    if (node.tag != Tag::br) ask_for_breaks(breaks);
  }

  void leave_out() {
    ask_for_breaks(2);
    if (out_.ends_with(':')) out_.replace(out_.size() - 1, 1, "\xE2\x80\xA6");
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
    for (std::size_t at = 0; at < text.size();) {
      const auto word = at;
      while (at < text.size() && !is_space(text[at])) ++at;
      if (at > word) {
        settle();
        out_ += text.substr(word, at - word);
      }
      for (; at < text.size() && is_space(text[at]); ++at) space_ = true;
    }
  }

  // Writes the breaks or the space that wait for text to follow them.
  void settle() {
    if (!out_.empty()) {
      if (breaks_ > 0)
        out_.append(static_cast<std::size_t>(breaks_), '\n');
      else if ((tab_ || space_) && !is_space(out_.back()))
        out_ += tab_ ? '\t' : ' ';
    }
    breaks_ = 0;
    tab_ = space_ = false;
  }

  const Part part_;
  std::string out_;
  int breaks_ = 0;
  bool tab_ = false;
  bool space_ = false;
};

}  // namespace

std::string text_of(const Node& node) { return TextOf(Part::everything).run(node); }
std::string paragraphs_of(const Node& node) { return TextOf(Part::paragraphs).run(node); }

}  // namespace voice::content::html
