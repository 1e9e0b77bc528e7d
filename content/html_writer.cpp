#include "content/html_writer.h"

namespace voice::content::html {
namespace {

void write(const Node& node, std::string& out) {
  if (node.is_text()) {
    append_escaped(out, node.text);
    return;
  }
  const auto name = name_of(node.tag);
  (out += '<') += name;
  for (const auto& attribute : node.attrs()) {
    ((out += ' ') += attribute.name) += "=\"";
    append_escaped(out, attribute.value);
    out += '"';
  }
  out += '>';
  if (is_void(node.tag)) return;
  for (const Node* child = node.first; child; child = child->next) write(*child, out);
  ((out += "</") += name) += '>';
}

}  // namespace

void append_escaped(std::string& out, std::string_view text) {
  for (;;) {
    const auto at = text.find_first_of("&<>\"");
    out.append(text.substr(0, at));
    if (at == std::string_view::npos) return;
    switch (text[at]) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      default: out += "&quot;"; break;
    }
    text.remove_prefix(at + 1);
  }
}

std::string write_children(const Node& root) {
  std::string out;
  for (const Node* child = root.first; child; child = child->next) write(*child, out);
  return out;
}

}  // namespace voice::content::html
