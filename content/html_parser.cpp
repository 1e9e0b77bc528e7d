#include "content/html_parser.h"

#include <algorithm>

#include "content/html_builder.h"
#include "content/markup_text.h"

namespace voice::content::html {
namespace {

bool breaks_out(const Token& token) {
  if (token.tag != Tag::font) return ends_foreign(token.tag);
  return std::any_of(token.attributes.begin(), token.attributes.end(),
                     [](const Attribute& a) { return a.name == "color" || a.name == "face" || a.name == "size"; });
}

}  // namespace

Tree Builder::run() {
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

Tree Builder::with_words_of_the_rest() {
  append(tree_.root(), tree_.text(tree_.keep(text_of_markup(tokens_.rest()))));
  return std::move(tree_);
}

bool Builder::is_for_html(const Token& token) const {
  const Node& current = open_.current();
  if (current.space == Space::html) return true;
  const bool start = token.kind == Token::Kind::start, text = token.kind == Token::Kind::text;
  if (is_math_text_point(current) && (text || (start && token.tag != Tag::mglyph && token.tag != Tag::malignmark)))
    return true;
  if (current.space == Space::math && current.tag == Tag::annotation_xml && token.is_start(Tag::svg)) return true;
  return is_html_point(current) && (start || text);
}

void Builder::html(const Token& token) {
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

void Builder::foreign(const Token& token) {
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

void Builder::foreign_end(const Token& token) {
  const auto is_named = [&](const Node& node) {
    return node.tag == token.tag && (token.tag != Tag::other || node.text() == token.name);
  };
  for (std::size_t i = open_.size(); i-- > 1;) {
    const Node& node = open_[i];
    if (node.space == Space::html) return html(token);
    if (is_named(node)) return open_.pop_through(node);
  }
}

Tree parse_fragment(std::string_view source, std::size_t most_nodes) { return Builder(source, most_nodes).run(); }

}  // namespace voice::content::html
