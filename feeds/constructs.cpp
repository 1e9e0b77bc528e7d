#include "feeds/constructs.h"

#include <array>

#include "base/text.h"
#include "feeds/markup.h"
#include "feeds/people.h"

namespace voice::feeds {
namespace {

// XHTML content is wrapped in one <div> that is no part of it (RFC 4287, 3.1.1.3).
pugi::xml_node wrapper_div(Scope& scope, pugi::xml_node element) {
  pugi::xml_node only;
  for (const auto& child : element.children()) {
    if (child.type() != pugi::node_element) {
      if (!trim(child.value()).empty()) return {};
      continue;
    }
    if (only) return {};
    only = child;
  }
  std::string_view local;
  scope.names().of_element(only.name(), local);
  return equals_ignoring_case(local, "div") ? only : pugi::xml_node();
}

Construct xhtml_construct(Scope& scope, pugi::xml_node element) {
  if (const auto div = wrapper_div(scope, element)) {
    const Scope::Inside inside(scope, div);
    if (!scope.holds_elements(div)) return {.html = html_of_text(scope.text(div)), .text = {}};
    return {.html = scope.markup(div), .text = {}};
  }
  return {.html = scope.markup(element), .text = {}};
}

std::string decoded_base64(std::string_view text) {
  std::string out;
  unsigned bits = 0;
  int count = 0;
  for (const char c : text) {
    const int value = c >= 'A' && c <= 'Z'   ? c - 'A'
                      : c >= 'a' && c <= 'z' ? c - 'a' + 26
                      : is_digit(c)          ? c - '0' + 52
                      : c == '+'             ? 62
                      : c == '/'             ? 63
                                             : -1;
    if (value < 0) continue;
    bits = (bits << 6U | static_cast<unsigned>(value)) & 0xFFFFFFU;
    if ((count = (count + 1) % 4) != 1) {
      const int shift = count == 2 ? 4 : count == 3 ? 2 : 0;
      out += static_cast<char>(bits >> shift & 0xFFU);
    }
  }
  return repair_utf8(out);
}

bool is_markup_type(std::string_view type) {
  return type == "html" || type == "text/html" || type == "application/xhtml+xml" || type == "xhtml" ||
         type == "text/x-html";
}

}  // namespace

std::string Construct::as_line() const { return html.empty() ? collapse_space(text) : line_of_html(html); }

std::string Construct::as_html() && { return text.empty() ? std::move(html) : html_of_text(text); }

Construct atom_construct(Scope& scope, pugi::xml_node element) {
  const auto type = to_ascii_lower(scope.attribute(element, "type"));
  const auto mode = to_ascii_lower(scope.attribute(element, "mode"));
  if (mode == "base64") {
    const auto text = decoded_base64(scope.text(element));
    return is_markup_type(type) ? Construct{text, {}} : Construct{{}, text};
  }
  if (scope.holds_elements(element)) return xhtml_construct(scope, element);
  auto text = scope.text(element);
  if (type == "xhtml") return {.html = html_of_text(text), .text = {}};
  if (is_markup_type(type)) return {.html = std::move(text), .text = {}};
  // Atom 0.3 escapes HTML under its default type; Atom 1.0 under its own only.
  if (mode == "escaped" && looks_like_html(text)) return {.html = std::move(text), .text = {}};
  return {.html = {}, .text = std::move(text)};
}

Construct rss_construct(Scope& scope, pugi::xml_node element) {
  if (scope.holds_elements(element)) return xhtml_construct(scope, element);
  return {.html = scope.text(element), .text = {}};
}

Construct construct(Scope& scope, pugi::xml_node element, Ns ns) {
  return ns == Ns::atom10 || ns == Ns::atom03 ? atom_construct(scope, element) : rss_construct(scope, element);
}

Person person(Scope& scope, pugi::xml_node element) {
  if (!scope.holds_elements(element)) {
    const auto text = scope.line(element);
    const bool angled_mail =
        text.ends_with('>') && text.find('@') != std::string::npos && text.find("</") == std::string::npos;
    return person_called(angled_mail ? text : line_of_html(text));
  }
  Person found;
  for (const auto& child : element.children()) {
    if (child.type() != pugi::node_element) continue;
    const Scope::Inside inside(scope, child);
    std::string_view local;
    scope.names().of_element(child.name(), local);
    switch (tag(local)) {
      case tag("name"): found.name = scope.line(child); break;
      case tag("email"): found.email = scope.line(child); break;
      case tag("uri"):
      case tag("url"):
      case tag("homepage"): found.url = scope.resolved(scope.line(child)); break;
      default: break;
    }
  }
  // "name (mail)" inside <name>, which some programs write all the same.
  if (found.email.empty() && found.name.find('@') != std::string::npos) {
    auto split = person_called(found.name);
    found.name = std::move(split.name);
    found.email = std::move(split.email);
  }
  if (starts_with_ignoring_case(found.email, "mailto:")) found.email.erase(0, 7);
  return found;
}

Link atom_link(Scope& scope, pugi::xml_node element) {
  Link link;
  link.rel = to_ascii_lower(scope.attribute(element, "rel"));
  static constexpr std::string_view kRegistry = "http://www.iana.org/assignments/relation/";
  if (link.rel.starts_with(kRegistry)) link.rel.erase(0, kRegistry.size());
  if (link.rel.empty()) link.rel = "alternate";
  link.href = scope.resolved(scope.attribute(element, "href"));
  if (link.href.empty()) link.href = scope.resolved(scope.line(element));
  // An empty reference means the base itself (RFC 3986, 5.4), where the document gives one.
  if (link.href.empty() && scope.has_own_base() && element.attribute("href")) link.href = scope.base();
  link.type = to_ascii_lower(scope.attribute(element, "type"));
  link.title = collapse_space(scope.attribute(element, "title"));
  link.length = Scope::number(scope.attribute(element, "length"));
  return link;
}

}  // namespace voice::feeds
