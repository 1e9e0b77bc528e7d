#include "gumbo_oracle.h"

#include <gumbo.h>
#include <map>

#include "base/text.h"

namespace voice::content::html {
namespace {

class Dump {
 public:
  void open(std::string_view name, const std::map<std::string, std::string>& attributes) {
    flush();
    line("<" + std::string(name) + ">");
    ++depth_;
    for (const auto& [key, value] : attributes) line(key + "=\"" + value + "\"");
  }
  void close() {
    flush();
    --depth_;
  }
  void text(std::string_view text) { text_ += text; }
  std::string take() {
    flush();
    return std::move(out_);
  }

 private:
  void line(const std::string& what) { out_ += std::string(depth_ * 2, ' ') + what + "\n"; }
  void flush() {
    if (!text_.empty()) line("\"" + text_ + "\"");
    text_.clear();
  }
  std::string out_, text_;
  std::size_t depth_ = 0;
};

std::string_view prefix(Space space) {
  switch (space) {
    case Space::svg: return "svg ";
    case Space::math: return "math ";
    default: return "";
  }
}

void walk(const Node& node, Dump& dump) {
  for (const Node* child = node.first; child; child = child->next) {
    if (child->is_text()) {
      dump.text(child->text());
      continue;
    }
    std::map<std::string, std::string> attributes;
    for (const auto& a : child->attributes()) attributes.emplace(a.name, a.value);
    auto name = std::string(child->tag == Tag::other ? child->text() : name_of(child->tag));
    if (name == "image" && child->space == Space::html) name = "img";
    dump.open(std::string(prefix(child->space)) + name, attributes);
    walk(*child, dump);
    dump.close();
  }
}

std::string name_by_gumbo(const GumboElement& element) {
  const std::string space = element.tag_namespace == GUMBO_NAMESPACE_SVG      ? "svg "
                            : element.tag_namespace == GUMBO_NAMESPACE_MATHML ? "math "
                                                                              : "";
  if (element.tag != GUMBO_TAG_UNKNOWN) return space + gumbo_normalized_tagname(element.tag);
  GumboStringPiece piece = element.original_tag;
  gumbo_tag_from_original_text(&piece);
  return space + to_ascii_lower({piece.data, piece.length});
}

void walk(const GumboVector& children, Dump& dump) {
  for (unsigned i = 0; i < children.length; ++i) {
    const auto* child = static_cast<const GumboNode*>(children.data[i]);
    if (child->type == GUMBO_NODE_COMMENT || child->type == GUMBO_NODE_TEMPLATE) continue;
    if (child->type != GUMBO_NODE_ELEMENT) {
      dump.text(child->v.text.text);
      continue;
    }
    std::map<std::string, std::string> attributes;
    for (unsigned a = 0; a < child->v.element.attributes.length; ++a) {
      const auto* attribute = static_cast<const GumboAttribute*>(child->v.element.attributes.data[a]);
      attributes.emplace(to_ascii_lower({attribute->original_name.data, attribute->original_name.length}),
                         attribute->value);
    }
    dump.open(name_by_gumbo(child->v.element), attributes);
    walk(child->v.element.children, dump);
    dump.close();
  }
}

}  // namespace

std::string dump(const Node& root) {
  Dump dump;
  walk(root, dump);
  return dump.take();
}

std::string dump_by_gumbo(std::string_view source) {
  GumboOptions options = kGumboDefaultOptions;
  options.fragment_context = GUMBO_TAG_BODY;
  options.max_errors = 0;
  GumboOutput* output = gumbo_parse_with_options(&options, source.data(), source.size());
  Dump dump;
  walk(output->root->v.element.children, dump);
  gumbo_destroy_output(&options, output);
  return dump.take();
}

}  // namespace voice::content::html
