#include "content/html_writer.h"

#include <array>

namespace voice::content::html {
namespace {

constexpr auto kEscapes = [] {
  std::array<std::string_view, 256> escapes{};
  escapes['&'] = "&amp;";
  escapes['<'] = "&lt;";
  escapes['>'] = "&gt;";
  escapes['"'] = "&quot;";
  return escapes;
}();

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
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto escape = kEscapes[static_cast<unsigned char>(text[i])];
    if (escape.empty()) continue;
    out.append(text, begin, i - begin).append(escape);
    begin = i + 1;
  }
  out.append(text, begin);
}

std::string write_children(const Node& root, std::size_t expected_bytes) {
  std::string out;
  out.reserve(expected_bytes);
  for (const Node* child = root.first; child; child = child->next) write(*child, out);
  return out;
}

}  // namespace voice::content::html
