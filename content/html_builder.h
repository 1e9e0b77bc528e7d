// content/html_builder.h - tokens become a tree: the state that all rules of the standard share, and where a node goes. Private
// to this room.
//
// The rules call one another (a table hands what it cannot hold to those of the body, a cell is a body again), so they are
// one class; each kind of them has a file: html_parser.cpp which rules apply, and svg and math; html_in_body.cpp;
// html_in_table.cpp. They are named as the standard names its insertion modes (WHATWG HTML, 13.2.6.4).
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "content/formatting.h"
#include "content/html_tokens.h"
#include "content/html_tree.h"
#include "content/open_elements.h"

namespace voice::content::html {

class Builder {
 public:
  /// `source` must outlive the tree.
  Builder(std::string_view source, std::size_t most_nodes)
      : most_nodes_(most_nodes),
        tree_(source.size() + source.size() / 2),
        tokens_(source, tree_),
        open_(tree_.root()),
        formatting_(tree_, open_, source.size() / 8 + 1000) {}

  Tree run();

 private:
  enum class Mode : std::uint8_t { body, table, caption, column_group, table_body, row, cell };

  Tree with_words_of_the_rest();

  // --- putting nodes in the tree
  void place(Node& node) { formatting_.place(node, open_.current(), foster_); }

  Node& make(const Token& token, Space space = Space::html) {
    Node& node = tree_.element(token.tag);
    node.space = space;
    if (token.tag == Tag::other) node.set_text(token.name);
    tree_.set_attributes(node, token.attributes);
    return node;
  }

  /// Null where the stack is full: then the tag is as if it were not there.
  Node* insert(const Token& token, Space space = Space::html) {
    if (open_.is_full()) return nullptr;
    Node& node = make(token, space);
    place(node);
    open_.push(node);
    return &node;
  }
  void insert_void(const Token& token) { place(make(token)); }
  /// For parts of a table, which are never more than four levels below it and so need no look at the limit.
  void insert_part(Node& node) {
    append(open_.current(), node);
    open_.push(node);
  }
  void insert_text(std::string_view text) {
    if (!text.empty()) place(tree_.text(text));
  }
  void insert_raw(const Token& token) {
    const Tag tag = token.tag;
    Node& node = make(token);
    place(node);
    auto text = tokens_.raw_text(tag);
    if (tag == Tag::textarea && text.starts_with('\n')) text.remove_prefix(1);
    if (!text.empty()) append(node, tree_.text(text));
  }

  void close_paragraph() {
    if (!open_.has_in_scope(Tag::p, Scope::button)) return;
    open_.end_implied(Tag::p);
    open_.pop_through(Tag::p);
  }
  void reconstruct() { formatting_.reconstruct(foster_); }

  // --- which rules
  bool is_for_html(const Token& token) const;
  void html(const Token& token);

  // --- svg and math
  void foreign(const Token& token);
  void foreign_end(const Token& token);

  // --- body
  void in_body(const Token& token);
  std::string_view without_first_break(std::string_view text);
  void start_in_body(const Token& token);
  void start_formatting(const Token& token);
  void start_item(const Token& token);
  void skip_template();
  void end_in_body(const Token& token);
  void end_form();
  void end_other(const Token& token);

  // --- tables
  void clear_to(bool (*keep)(Tag));
  void clear_to_table();
  void clear_to_row_group();
  void clear_to_row();
  void reset_mode();
  void fostered(const Token& token);
  void in_table(const Token& token);
  bool end_table();
  void in_caption(const Token& token);
  void in_column_group(const Token& token);
  void in_table_body(const Token& token);
  bool end_row();
  void in_row(const Token& token);
  void close_cell();
  void in_cell(const Token& token);

  std::size_t most_nodes_;
  Tree tree_;
  Tokens tokens_;
  OpenElements open_;
  Formatting formatting_;
  Node* form_ = nullptr;
  Mode mode_ = Mode::body;
  bool foster_ = false;
  bool after_pre_ = false;  ///< the token before was <pre>
};

}  // namespace voice::content::html
