// What a tag does within a table and its parts (WHATWG HTML, 13.2.6.4.9 to 15).
#include <algorithm>

#include "base/text.h"
#include "content/html_builder.h"

namespace voice::content::html {
namespace {

bool is_table_part(Tag tag) {
  return tag == Tag::caption || tag == Tag::col || tag == Tag::colgroup || is_row_group(tag) || is_cell(tag) ||
         tag == Tag::tr;
}

bool only_space(std::string_view text) { return std::all_of(text.begin(), text.end(), is_space); }

}  // namespace

void Builder::clear_to(bool (*keep)(Tag)) {
  while (!open_.only_root() && !keep(open_.current().tag)) open_.pop();
}
void Builder::clear_to_table() {
  clear_to([](Tag tag) { return tag == Tag::table; });
}
void Builder::clear_to_row_group() {
  clear_to([](Tag tag) { return is_row_group(tag); });
}
void Builder::clear_to_row() {
  clear_to([](Tag tag) { return tag == Tag::tr; });
}

void Builder::reset_mode() {
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
void Builder::fostered(const Token& token) {
  foster_ = true;
  in_body(token);
  foster_ = false;
}

void Builder::in_table(const Token& token) {
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

bool Builder::end_table() {
  if (!open_.has_in_scope(Tag::table, Scope::table)) return false;
  open_.pop_through(Tag::table);
  reset_mode();
  return true;
}

void Builder::in_caption(const Token& token) {
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

void Builder::in_column_group(const Token& token) {
  if (token.kind == Token::Kind::text && only_space(token.text)) return insert_text(token.text);
  if (token.is_start(Tag::col)) return append(open_.current(), make(token));
  if (token.is_end(Tag::col)) return;
  if (open_.current().tag != Tag::colgroup) return;
  open_.pop();
  mode_ = Mode::table;
  if (!token.is_end(Tag::colgroup)) in_table(token);
}

void Builder::in_table_body(const Token& token) {
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

bool Builder::end_row() {
  if (!open_.has_in_scope(Tag::tr, Scope::table)) return false;
  clear_to_row();
  open_.pop();
  mode_ = Mode::table_body;
  return true;
}

void Builder::in_row(const Token& token) {
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

void Builder::close_cell() {
  open_.end_implied();
  clear_to(is_cell);
  open_.pop();
  formatting_.clear_to_mark();
  mode_ = Mode::row;
}

void Builder::in_cell(const Token& token) {
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

}  // namespace voice::content::html
