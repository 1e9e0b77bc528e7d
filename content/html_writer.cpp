#include "content/html_writer.h"

#include <array>

#include "content/eight_bytes.h"

namespace voice::content::html {
namespace {

std::string_view escape_of(char c) {
  switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    default: return {};
  }
}

constexpr auto kNeedsEscape = [] {
  std::array<bool, 256> needs{};
  needs['&'] = needs['<'] = needs['>'] = needs['"'] = true;
  return needs;
}();

void write(const Node& node, std::string& out) {
  if (node.is_text()) {
    append_escaped(out, node.text());
    return;
  }
  const auto name = name_of(node.tag);
  (out += '<') += name;
  for (const auto& attribute : node.attributes()) {
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
    while (i + 8 <= text.size() && !has_markup(eight_bytes(text.data() + i))) i += 8;
    if (i >= text.size()) break;
    if (!kNeedsEscape[static_cast<unsigned char>(text[i])]) continue;
    out.append(text, begin, i - begin).append(escape_of(text[i]));
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
