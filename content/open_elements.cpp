#include "content/open_elements.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace voice::content::html {
namespace {

using Set = std::array<bool, static_cast<std::size_t>(Tag::count)>;
template <class... Tags>
constexpr Set set_of(Tags... tags) {
  Set set{};
  ((set[static_cast<std::size_t>(tags)] = true), ...);
  return set;
}
bool has(const Set& set, Tag tag) { return set[static_cast<std::size_t>(tag)]; }

constexpr Set kSpecial = set_of(
    Tag::address, Tag::applet, Tag::area, Tag::article, Tag::aside, Tag::base, Tag::basefont, Tag::bgsound,
    Tag::blockquote, Tag::body, Tag::br, Tag::button, Tag::caption, Tag::center, Tag::col, Tag::colgroup, Tag::dd,
    Tag::details, Tag::dir, Tag::div, Tag::dl, Tag::dt, Tag::embed, Tag::fieldset, Tag::figcaption, Tag::figure,
    Tag::footer, Tag::form, Tag::frame, Tag::frameset, Tag::h1, Tag::h2, Tag::h3, Tag::h4, Tag::h5, Tag::h6, Tag::head,
    Tag::header, Tag::hgroup, Tag::hr, Tag::html, Tag::iframe, Tag::img, Tag::input, Tag::keygen, Tag::li, Tag::link,
    Tag::listing, Tag::main, Tag::marquee, Tag::menu, Tag::meta, Tag::nav, Tag::noembed, Tag::noframes, Tag::noscript,
    Tag::object, Tag::ol, Tag::p, Tag::param, Tag::plaintext, Tag::pre, Tag::script, Tag::search, Tag::section,
    Tag::select, Tag::source, Tag::style, Tag::summary, Tag::table, Tag::tbody, Tag::td, Tag::template_, Tag::textarea,
    Tag::tfoot, Tag::th, Tag::thead, Tag::title, Tag::tr, Tag::track, Tag::ul, Tag::wbr, Tag::xmp);
constexpr Set kScopeEnd = set_of(Tag::applet, Tag::body, Tag::caption, Tag::html, Tag::table, Tag::td, Tag::th,
                                 Tag::marquee, Tag::object, Tag::select, Tag::template_);
constexpr Set kTableScopeEnd = set_of(Tag::body, Tag::html, Tag::table, Tag::template_);
constexpr Set kImplied =
    set_of(Tag::dd, Tag::dt, Tag::li, Tag::optgroup, Tag::option, Tag::p, Tag::rb, Tag::rp, Tag::rt, Tag::rtc);

bool ends_scope(const Node& node, Scope scope) {
  if (node.space != Space::html)
    return scope != Scope::table &&
           (is_math_text_point(node) || is_html_point(node) || node.tag == Tag::annotation_xml);
  if (scope == Scope::table) return has(kTableScopeEnd, node.tag);
  if (has(kScopeEnd, node.tag)) return true;
  if (scope == Scope::list_item) return node.tag == Tag::ol || node.tag == Tag::ul;
  return scope == Scope::button && node.tag == Tag::button;
}

}  // namespace

bool is_special(const Node& node) {
  if (node.space == Space::html) return has(kSpecial, node.tag);
  return is_math_text_point(node) || is_html_point(node) || node.tag == Tag::annotation_xml;
}

bool is_math_text_point(const Node& node) {
  return node.space == Space::math && (node.tag == Tag::mi || node.tag == Tag::mo || node.tag == Tag::mn ||
                                       node.tag == Tag::ms || node.tag == Tag::mtext);
}

bool is_html_point(const Node& node) {
  if (node.space == Space::svg)
    return node.tag == Tag::foreignobject || node.tag == Tag::desc || node.tag == Tag::title;
  if (node.space != Space::math || node.tag != Tag::annotation_xml) return false;
  const auto encoding = node.value_of("encoding");
  return equals_ignoring_case(encoding, "text/html") || equals_ignoring_case(encoding, "application/xhtml+xml");
}

void OpenElements::count(Tag tag, int change) {
  if (tag == Tag::p) paragraphs_ += change;
}

void OpenElements::push(Node& node) {
  count(node.tag, 1);
  nodes_.push_back(&node);
}

void OpenElements::pop() {
  if (only_root()) return;
  count(current().tag, -1);
  nodes_.pop_back();
}

void OpenElements::pop_through(Tag tag) {
  while (!only_root()) {
    const Node& node = current();
    pop();
    if (node.tag == tag && node.space == Space::html) return;
  }
}

void OpenElements::pop_through(const Node& wanted) {
  while (!only_root()) {
    const Node& node = current();
    pop();
    if (&node == &wanted) return;
  }
}

void OpenElements::remove(const Node& node) {
  const auto at = find(node);
  if (at == 0) return;
  count(node.tag, -1);
  nodes_.erase(nodes_.begin() + static_cast<std::ptrdiff_t>(at));
}

void OpenElements::insert(std::size_t at, Node& node) {
  count(node.tag, 1);
  nodes_.insert(nodes_.begin() + static_cast<std::ptrdiff_t>(at), &node);
}

void OpenElements::replace(std::size_t at, Node& node) {
  count(nodes_[at]->tag, -1);
  count(node.tag, 1);
  nodes_[at] = &node;
}

std::size_t OpenElements::find(const Node& node) const {
  for (std::size_t i = nodes_.size(); i-- > 1;)
    if (nodes_[i] == &node) return i;
  return 0;
}

template <class Wanted>
bool OpenElements::search(Scope scope, Wanted&& wanted) const {
  for (std::size_t i = nodes_.size(); i-- > 1;) {
    if (wanted(*nodes_[i])) return true;
    if (ends_scope(*nodes_[i], scope)) return false;
  }
  return false;
}

bool OpenElements::has_in_scope(Tag tag, Scope scope) const {
  if (tag == Tag::p && paragraphs_ == 0) return false;
  return search(scope, [tag](const Node& n) { return n.tag == tag && n.space == Space::html; });
}

bool OpenElements::has_node_in_scope(const Node& node) const {
  return search(Scope::any, [&](const Node& n) { return &n == &node; });
}

bool OpenElements::has_heading_in_scope() const {
  return search(Scope::any, [](const Node& n) { return is_heading(n.tag) && n.space == Space::html; });
}

void OpenElements::end_implied(Tag except, bool keep_rtc) {
  while (!only_root()) {
    const Node& node = current();
    if (node.space != Space::html || !has(kImplied, node.tag) || node.tag == except) return;
    if (keep_rtc && node.tag == Tag::rtc) return;
    pop();
  }
}

}  // namespace voice::content::html
