#include "content/html_parser.h"

#include <algorithm>

#include "base/text.h"
#include "content/formatting.h"
#include "content/html_tokens.h"
#include "content/markup_text.h"
#include "content/open_elements.h"

namespace voice::content::html {
namespace {

enum class Mode { body, table, caption, column_group, table_body, row, cell };

bool is_table_part(Tag tag) {
  return tag == Tag::caption || tag == Tag::col || tag == Tag::colgroup || is_row_group(tag) || is_cell(tag) ||
         tag == Tag::tr;
}
bool breaks_out(const Token& token) {
  if (token.tag != Tag::font) return ends_foreign(token.tag);
  return std::any_of(token.attributes.begin(), token.attributes.end(),
                     [](const Attribute& a) { return a.name == "color" || a.name == "face" || a.name == "size"; });
}

bool only_space(std::string_view text) { return std::all_of(text.begin(), text.end(), is_space); }

class Builder {
 public:
  Builder(std::string_view source, std::size_t most_nodes)
      : most_nodes_(most_nodes),
        tree_(source.size() + source.size() / 2),
        tokens_(source, tree_),
        open_(tree_.root()),
        formatting_(tree_, open_, source.size() / 8 + 1000) {}

  Tree run() {
    for (;;) {
      if (tree_.node_count() > most_nodes_) return with_words_of_the_rest();
      const Token& token = tokens_.next(open_.current().space != Space::html);
      if (token.kind == Token::Kind::done) return std::move(tree_);
      if (is_for_html(token))
        html(token);
      else
        foreign(token);
      after_pre_ = token.is_start(Tag::pre) || token.is_start(Tag::listing);
    }
  }

 private:
  Tree with_words_of_the_rest() {
    append(tree_.root(), tree_.text(tree_.keep(text_of_markup(tokens_.rest()))));
    return std::move(tree_);
  }

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
  bool is_for_html(const Token& token) const {
    const Node& current = open_.current();
    if (current.space == Space::html) return true;
    const bool start = token.kind == Token::Kind::start, text = token.kind == Token::Kind::text;
    if (is_math_text_point(current) && (text || (start && token.tag != Tag::mglyph && token.tag != Tag::malignmark)))
      return true;
    if (current.space == Space::math && current.tag == Tag::annotation_xml && token.is_start(Tag::svg)) return true;
    return is_html_point(current) && (start || text);
  }

  void html(const Token& token) {
    switch (mode_) {
      case Mode::body: return in_body(token);
      case Mode::table: return in_table(token);
      case Mode::caption: return in_caption(token);
      case Mode::column_group: return in_column_group(token);
      case Mode::table_body: return in_table_body(token);
      case Mode::row: return in_row(token);
      case Mode::cell: return in_cell(token);
    }
  }

  // --- svg and math
  void foreign(const Token& token) {
    if (token.kind == Token::Kind::text) return insert_text(token.text);
    if (token.kind == Token::Kind::end && token.tag != Tag::br && token.tag != Tag::p) return foreign_end(token);
    if (token.kind == Token::Kind::end || breaks_out(token)) {
      while (!open_.only_root() && open_.current().space != Space::html && !is_math_text_point(open_.current()) &&
             !is_html_point(open_.current()))
        open_.pop();
      return html(token);
    }
    if (token.self_closing)
      place(make(token, open_.current().space));
    else
      insert(token, open_.current().space);
  }

  void foreign_end(const Token& token) {
    const auto is_named = [&](const Node& node) {
      return node.tag == token.tag && (token.tag != Tag::other || node.text() == token.name);
    };
    for (std::size_t i = open_.size(); i-- > 1;) {
      const Node& node = open_[i];
      if (node.space == Space::html) return html(token);
      if (is_named(node)) return open_.pop_through(node);
    }
  }

  // --- body
  void in_body(const Token& token) {
    switch (token.kind) {
      case Token::Kind::text: reconstruct(); return insert_text(without_first_break(token.text));
      case Token::Kind::start: return start_in_body(token);
      default: return end_in_body(token);
    }
  }

  // The line break just after <pre> is how people write it, not part of it.
  std::string_view without_first_break(std::string_view text) {
    const Node& current = open_.current();
    const bool first = (current.tag == Tag::pre || current.tag == Tag::listing) && !current.first;
    if (first && after_pre_ && text.starts_with('\n')) text.remove_prefix(1);
    return text;
  }

  void start_in_body(const Token& token) {
    if (is_formatting(token.tag)) return start_formatting(token);
    switch (token.tag) {
      case Tag::html:
      case Tag::body:
      case Tag::head:
      case Tag::frame:
      case Tag::frameset:
      case Tag::caption:
      case Tag::col:
      case Tag::colgroup:
      case Tag::tbody:
      case Tag::td:
      case Tag::tfoot:
      case Tag::th:
      case Tag::thead:
      case Tag::tr: return;
      case Tag::base:
      case Tag::basefont:
      case Tag::bgsound:
      case Tag::link:
      case Tag::meta:
      case Tag::param:
      case Tag::source:
      case Tag::track: return insert_void(token);
      case Tag::title:
      case Tag::style:
      case Tag::noframes:
      case Tag::script:
      case Tag::noembed:
      case Tag::iframe:
      case Tag::textarea: return insert_raw(token);
      case Tag::xmp:
        close_paragraph();
        reconstruct();
        return insert_raw(token);
      case Tag::template_: return skip_template();
      case Tag::h1:
      case Tag::h2:
      case Tag::h3:
      case Tag::h4:
      case Tag::h5:
      case Tag::h6:
        close_paragraph();
        if (is_heading(open_.current().tag)) open_.pop();
        insert(token);
        return;
      case Tag::li:
      case Tag::dd:
      case Tag::dt: return start_item(token);
      case Tag::plaintext:
        close_paragraph();
        if (Node* node = insert(token))
          if (const auto text = tokens_.rest(); !text.empty()) append(*node, tree_.text(text));
        return;
      case Tag::form:
        if (form_) return;
        close_paragraph();
        form_ = insert(token);
        return;
      case Tag::button:
        if (open_.has_in_scope(Tag::button)) {
          open_.end_implied();
          open_.pop_through(Tag::button);
        }
        reconstruct();
        insert(token);
        return;
      case Tag::applet:
      case Tag::marquee:
      case Tag::object:
        reconstruct();
        if (insert(token)) formatting_.mark();
        return;
      case Tag::table:
        close_paragraph();
        if (insert(token)) mode_ = Mode::table;
        return;
      case Tag::area:
      case Tag::br:
      case Tag::embed:
      case Tag::img:
      case Tag::image:
      case Tag::keygen:
      case Tag::wbr: reconstruct(); return insert_void(token);
      case Tag::input:
        if (open_.has_in_scope(Tag::select)) open_.pop_through(Tag::select);
        reconstruct();
        return insert_void(token);
      case Tag::hr: close_paragraph(); return insert_void(token);
      case Tag::select:
        if (open_.has_in_scope(Tag::select)) return open_.pop_through(Tag::select);
        reconstruct();
        insert(token);
        return;
      case Tag::option:
      case Tag::optgroup:
        if (open_.has_in_scope(Tag::select))
          open_.end_implied(token.tag == Tag::option ? Tag::optgroup : Tag::other);
        else if (open_.current().tag == Tag::option)
          open_.pop();
        reconstruct();
        insert(token);
        return;
      case Tag::rb:
      case Tag::rtc:
      case Tag::rp:
      case Tag::rt:
        if (open_.has_in_scope(Tag::ruby)) open_.end_implied(Tag::other, token.tag == Tag::rp || token.tag == Tag::rt);
        insert(token);
        return;
      case Tag::math:
      case Tag::svg: {
        reconstruct();
        const Space space = token.tag == Tag::svg ? Space::svg : Space::math;
        if (token.self_closing)
          place(make(token, space));
        else
          insert(token, space);
        return;
      }
      default:
        if (ends_paragraph(token.tag))
          close_paragraph();
        else
          reconstruct();
        insert(token);
    }
  }

  void start_formatting(const Token& token) {
    if (token.tag == Tag::a) {
      if (Node* open = formatting_.last(Tag::a)) {
        formatting_.adopt(Tag::a, foster_);
        formatting_.remove(*open);
        open_.remove(*open);
      }
    }
    reconstruct();
    if (token.tag == Tag::nobr && open_.has_in_scope(Tag::nobr)) {
      formatting_.adopt(Tag::nobr, foster_);
      reconstruct();
    }
    if (Node* node = insert(token)) formatting_.add(*node);
  }

  // An open <li> ends at the next one, unless something stands between them that holds items of its own.
  void start_item(const Token& token) {
    const bool list = token.tag == Tag::li;
    for (std::size_t i = open_.size(); i-- > 1;) {
      const Node& node = open_[i];
      const bool same = list ? node.tag == Tag::li : node.tag == Tag::dd || node.tag == Tag::dt;
      if (same && node.space == Space::html) {
        open_.end_implied(node.tag);
        open_.pop_through(node);
        break;
      }
      if (is_special(node) && node.tag != Tag::address && node.tag != Tag::div && node.tag != Tag::p) break;
    }
    close_paragraph();
    insert(token);
  }

  // Its content is for scripts. Only other templates and raw text can hide its end tag.
  void skip_template() {
    for (std::size_t depth = 1; depth > 0;) {
      const Token& token = tokens_.next(false);
      if (token.kind == Token::Kind::done) return;
      if (token.is_start(Tag::template_)) ++depth;
      if (token.is_end(Tag::template_)) --depth;
      if (token.kind != Token::Kind::start) continue;
      const Tag tag = token.tag;
      if (tag == Tag::script || tag == Tag::style || tag == Tag::title || tag == Tag::textarea || tag == Tag::iframe ||
          tag == Tag::noframes || tag == Tag::noembed || tag == Tag::xmp)
        tokens_.raw_text(tag);
      else if (tag == Tag::plaintext)
        tokens_.rest();
    }
  }

  void end_in_body(const Token& token) {
    if (is_formatting(token.tag)) {
      if (!formatting_.adopt(token.tag, foster_)) end_other(token);
      return;
    }
    switch (token.tag) {
      case Tag::html:
      case Tag::body:
      case Tag::head:
      case Tag::template_: return;
      case Tag::p:
        if (!open_.has_in_scope(Tag::p, Scope::button)) {
          Node& paragraph = tree_.element(Tag::p);
          place(paragraph);
          return;
        }
        return close_paragraph();
      case Tag::br: {
        reconstruct();
        place(tree_.element(Tag::br));
        return;
      }
      case Tag::li:
        if (!open_.has_in_scope(Tag::li, Scope::list_item)) return;
        open_.end_implied(Tag::li);
        return open_.pop_through(Tag::li);
      case Tag::dd:
      case Tag::dt:
        if (!open_.has_in_scope(token.tag)) return;
        open_.end_implied(token.tag);
        return open_.pop_through(token.tag);
      case Tag::h1:
      case Tag::h2:
      case Tag::h3:
      case Tag::h4:
      case Tag::h5:
      case Tag::h6:
        if (!open_.has_heading_in_scope()) return;
        open_.end_implied();
        while (!is_heading(open_.current().tag)) open_.pop();
        return open_.pop();
      case Tag::form: return end_form();
      case Tag::applet:
      case Tag::marquee:
      case Tag::object:
        if (!open_.has_in_scope(token.tag)) return;
        open_.end_implied();
        open_.pop_through(token.tag);
        return formatting_.clear_to_mark();
      case Tag::address:
      case Tag::article:
      case Tag::aside:
      case Tag::blockquote:
      case Tag::button:
      case Tag::center:
      case Tag::details:
      case Tag::dialog:
      case Tag::dir:
      case Tag::div:
      case Tag::dl:
      case Tag::fieldset:
      case Tag::figcaption:
      case Tag::figure:
      case Tag::footer:
      case Tag::header:
      case Tag::hgroup:
      case Tag::listing:
      case Tag::main:
      case Tag::menu:
      case Tag::nav:
      case Tag::ol:
      case Tag::pre:
      case Tag::search:
      case Tag::section:
      case Tag::select:
      case Tag::summary:
      case Tag::ul:
        if (!open_.has_in_scope(token.tag)) return;
        open_.end_implied();
        return open_.pop_through(token.tag);
      default: return end_other(token);
    }
  }

  void end_form() {
    Node* form = form_;
    form_ = nullptr;
    if (!form || !open_.has_node_in_scope(*form)) return;
    open_.end_implied();
    open_.remove(*form);
  }

  void end_other(const Token& token) {
    for (std::size_t i = open_.size(); i-- > 1;) {
      const Node& node = open_[i];
      const bool same =
          node.space == Space::html && node.tag == token.tag && (token.tag != Tag::other || node.text() == token.name);
      if (same) {
        open_.end_implied(token.tag);
        return open_.pop_through(node);
      }
      if (is_special(node)) return;
    }
  }

  // --- tables
  template <class Keep>
  void clear_to(Keep&& keep) {
    while (!open_.only_root() && !keep(open_.current().tag)) open_.pop();
  }
  void clear_to_table() {
    clear_to([](Tag tag) { return tag == Tag::table; });
  }
  void clear_to_row_group() {
    clear_to([](Tag tag) { return is_row_group(tag); });
  }
  void clear_to_row() {
    clear_to([](Tag tag) { return tag == Tag::tr; });
  }

  void reset_mode() {
    mode_ = Mode::body;
    for (std::size_t i = open_.size(); i-- > 1;) {
      if (open_[i].space != Space::html) continue;
      const Tag tag = open_[i].tag;
      if (is_cell(tag))
        mode_ = Mode::cell;
      else if (tag == Tag::tr)
        mode_ = Mode::row;
      else if (is_row_group(tag))
        mode_ = Mode::table_body;
      else if (tag == Tag::caption)
        mode_ = Mode::caption;
      else if (tag == Tag::colgroup)
        mode_ = Mode::column_group;
      else if (tag == Tag::table)
        mode_ = Mode::table;
      else
        continue;
      return;
    }
  }

  // What does not belong in a table is shown before it.
  void fostered(const Token& token) {
    foster_ = true;
    in_body(token);
    foster_ = false;
  }

  void in_table(const Token& token) {
    if (token.kind == Token::Kind::text) {
      if (only_space(token.text)) return insert_text(token.text);
      return fostered(token);
    }
    if (token.kind == Token::Kind::end) {
      if (token.tag == Tag::table)
        end_table();
      else if (!is_table_part(token.tag) && token.tag != Tag::body && token.tag != Tag::html)
        fostered(token);
      return;
    }
    switch (token.tag) {
      case Tag::caption:
        clear_to_table();
        formatting_.mark();
        insert_part(make(token));
        mode_ = Mode::caption;
        return;
      case Tag::colgroup:
        clear_to_table();
        insert_part(make(token));
        mode_ = Mode::column_group;
        return;
      case Tag::col:
        clear_to_table();
        insert_part(tree_.element(Tag::colgroup));
        mode_ = Mode::column_group;
        return in_column_group(token);
      case Tag::tbody:
      case Tag::tfoot:
      case Tag::thead:
        clear_to_table();
        insert_part(make(token));
        mode_ = Mode::table_body;
        return;
      case Tag::td:
      case Tag::th:
      case Tag::tr:
        clear_to_table();
        insert_part(tree_.element(Tag::tbody));
        mode_ = Mode::table_body;
        return in_table_body(token);
      case Tag::table:
        if (!end_table()) return;
        return html(token);
      case Tag::style:
      case Tag::script:
      case Tag::template_: return in_body(token);
      case Tag::input:
        if (std::any_of(token.attributes.begin(), token.attributes.end(),
                        [](const Attribute& a) { return a.name == "type" && equals_ignoring_case(a.value, "hidden"); }))
          return insert_void(token);
        return fostered(token);
      case Tag::form:
        if (form_) return;
        form_ = &make(token);
        return append(open_.current(), *form_);
      default: return fostered(token);
    }
  }

  bool end_table() {
    if (!open_.has_in_scope(Tag::table, Scope::table)) return false;
    open_.pop_through(Tag::table);
    reset_mode();
    return true;
  }

  void in_caption(const Token& token) {
    const bool ends = (token.kind == Token::Kind::start && is_table_part(token.tag)) || token.is_end(Tag::table);
    if (ends || token.is_end(Tag::caption)) {
      if (!open_.has_in_scope(Tag::caption, Scope::table)) return;
      open_.end_implied();
      open_.pop_through(Tag::caption);
      formatting_.clear_to_mark();
      mode_ = Mode::table;
      if (ends) in_table(token);
      return;
    }
    if (token.kind == Token::Kind::end && is_table_part(token.tag)) return;
    in_body(token);
  }

  void in_column_group(const Token& token) {
    if (token.kind == Token::Kind::text && only_space(token.text)) return insert_text(token.text);
    if (token.is_start(Tag::col)) return append(open_.current(), make(token));
    if (token.is_end(Tag::col)) return;
    if (open_.current().tag != Tag::colgroup) return;
    open_.pop();
    mode_ = Mode::table;
    if (!token.is_end(Tag::colgroup)) in_table(token);
  }

  void in_table_body(const Token& token) {
    if (token.is_start(Tag::tr)) {
      clear_to_row_group();
      insert_part(make(token));
      mode_ = Mode::row;
      return;
    }
    if (token.kind == Token::Kind::start && is_cell(token.tag)) {
      clear_to_row_group();
      insert_part(tree_.element(Tag::tr));
      mode_ = Mode::row;
      return in_row(token);
    }
    if (token.kind == Token::Kind::end && is_row_group(token.tag)) {
      if (!open_.has_in_scope(token.tag, Scope::table)) return;
      clear_to_row_group();
      open_.pop();
      mode_ = Mode::table;
      return;
    }
    if ((token.kind == Token::Kind::start && is_table_part(token.tag)) || token.is_end(Tag::table)) {
      const bool open = open_.has_in_scope(Tag::tbody, Scope::table) || open_.has_in_scope(Tag::thead, Scope::table) ||
                        open_.has_in_scope(Tag::tfoot, Scope::table);
      if (!open) return;
      clear_to_row_group();
      open_.pop();
      mode_ = Mode::table;
      return in_table(token);
    }
    if (token.kind == Token::Kind::end && is_table_part(token.tag)) return;
    in_table(token);
  }

  bool end_row() {
    if (!open_.has_in_scope(Tag::tr, Scope::table)) return false;
    clear_to_row();
    open_.pop();
    mode_ = Mode::table_body;
    return true;
  }

  void in_row(const Token& token) {
    if (token.kind == Token::Kind::start && is_cell(token.tag)) {
      clear_to_row();
      insert_part(make(token));
      formatting_.mark();
      mode_ = Mode::cell;
      return;
    }
    if (token.is_end(Tag::tr)) {
      end_row();
      return;
    }
    if ((token.kind == Token::Kind::start && is_table_part(token.tag)) || token.is_end(Tag::table)) {
      if (end_row()) in_table_body(token);
      return;
    }
    if (token.kind == Token::Kind::end && is_row_group(token.tag)) {
      if (open_.has_in_scope(token.tag, Scope::table) && end_row()) in_table_body(token);
      return;
    }
    if (token.kind == Token::Kind::end && is_table_part(token.tag)) return;
    in_table(token);
  }

  void close_cell() {
    open_.end_implied();
    clear_to(is_cell);
    open_.pop();
    formatting_.clear_to_mark();
    mode_ = Mode::row;
  }

  void in_cell(const Token& token) {
    if (token.kind == Token::Kind::end && is_cell(token.tag)) {
      if (!open_.has_in_scope(token.tag, Scope::table)) return;
      open_.end_implied();
      open_.pop_through(token.tag);
      formatting_.clear_to_mark();
      mode_ = Mode::row;
      return;
    }
    if (token.kind == Token::Kind::start && is_table_part(token.tag)) {
      close_cell();
      return in_row(token);
    }
    if (token.kind == Token::Kind::end) {
      if (token.tag == Tag::caption || token.tag == Tag::col || token.tag == Tag::colgroup) return;
      if (token.tag == Tag::table || token.tag == Tag::tr || is_row_group(token.tag)) {
        if (!open_.has_in_scope(token.tag, Scope::table)) return;
        close_cell();
        return in_row(token);
      }
    }
    in_body(token);
  }

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

}  // namespace

Tree parse_fragment(std::string_view source, std::size_t most_nodes) { return Builder(source, most_nodes).run(); }

}  // namespace voice::content::html
