// What a tag does within a body (WHATWG HTML, 13.2.6.4.7).
#include "content/html_builder.h"

namespace voice::content::html {

void Builder::in_body(const Token& token) {
  switch (token.kind) {
    case Token::Kind::text: reconstruct(); return insert_text(without_first_break(token.text));
    case Token::Kind::start: return start_in_body(token);
    default: return end_in_body(token);
  }
}

// The line break just after <pre> is how people write it, not part of it.
std::string_view Builder::without_first_break(std::string_view text) {
  const Node& current = open_.current();
  const bool first = (current.tag == Tag::pre || current.tag == Tag::listing) && !current.first;
  if (first && after_pre_ && text.starts_with('\n')) text.remove_prefix(1);
  return text;
}

void Builder::start_in_body(const Token& token) {
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

void Builder::start_formatting(const Token& token) {
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
void Builder::start_item(const Token& token) {
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
void Builder::skip_template() {
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

void Builder::end_in_body(const Token& token) {
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

void Builder::end_form() {
  Node* form = form_;
  form_ = nullptr;
  if (!form || !open_.has_node_in_scope(*form)) return;
  open_.end_implied();
  open_.remove(*form);
}

void Builder::end_other(const Token& token) {
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

}  // namespace voice::content::html
