#include "content/html_parser.h"

#include <gumbo.h>

#include <vector>

#include "base/text.h"

namespace voice::content::html {
namespace {

// Gumbo looks through its stack of open elements at every tag: 50,000 open <div> take seconds. 5,000 start tags of at most
// 64 attributes bound a document to about 0.25 s.
constexpr std::size_t kMostTags = 5000;
constexpr std::size_t kMostAttributes = 64;

bool within_budget(std::string_view source) {
  std::size_t tags = 0;
  for (std::size_t at = source.find('<'); at != std::string_view::npos; at = source.find('<', at + 1)) {
    if (at + 1 >= source.size() || !is_alpha(source[at + 1])) continue;
    if (++tags > kMostTags) return false;
    std::size_t attributes = 0;
    for (std::size_t i = at; i < source.size() && source[i] != '>'; ++i)
      if (source[i] == '=' && ++attributes > kMostAttributes) return false;
  }
  return true;
}

Space space_of(GumboNamespaceEnum space) {
  switch (space) {
    case GUMBO_NAMESPACE_SVG: return Space::svg;
    case GUMBO_NAMESPACE_MATHML: return Space::math;
    default: return Space::html;
  }
}

Node& copy_element(Tree& tree, const GumboElement& source) {
  std::string name = gumbo_normalized_tagname(source.tag);
  if (source.tag == GUMBO_TAG_UNKNOWN) {
    GumboStringPiece piece = source.original_tag;
    gumbo_tag_from_original_text(&piece);
    name = to_ascii_lower({piece.data, piece.length});
  }
  Node& node = tree.element(tag_named(name));
  node.space = space_of(source.tag_namespace);
  if (node.tag == Tag::other) node.text = tree.keep(name);
  const auto attributes = tree.attributes(source.attributes.length);
  for (std::size_t i = 0; i < attributes.size(); ++i) {
    const auto* from = static_cast<const GumboAttribute*>(source.attributes.data[i]);
    attributes[i] = {tree.keep(to_ascii_lower(from->name)), tree.keep(from->value)};
  }
  node.attributes = attributes.data();
  node.attribute_count = static_cast<std::uint32_t>(attributes.size());
  return node;
}

void copy_children(Tree& tree, const GumboVector& children, Node& parent) {
  for (unsigned i = 0; i < children.length; ++i) {
    const auto* child = static_cast<const GumboNode*>(children.data[i]);
    switch (child->type) {
      case GUMBO_NODE_TEXT:
      case GUMBO_NODE_CDATA:
      case GUMBO_NODE_WHITESPACE: append(parent, tree.text(tree.keep(child->v.text.text))); break;
      case GUMBO_NODE_ELEMENT:
      case GUMBO_NODE_TEMPLATE: {
        Node& node = copy_element(tree, child->v.element);
        append(parent, node);
        copy_children(tree, child->v.element.children, node);
        break;
      }
      default: break;
    }
  }
}

}  // namespace

std::optional<Tree> parse_fragment(std::string_view source) {
  if (!within_budget(source)) return std::nullopt;
  GumboOptions options = kGumboDefaultOptions;
  options.fragment_context = GUMBO_TAG_BODY;
  options.max_errors = 0;
  GumboOutput* output = gumbo_parse_with_options(&options, source.data(), source.size());
  Tree tree(source.size());
  copy_children(tree, output->root->v.element.children, tree.root());
  gumbo_destroy_output(&options, output);
  return tree;
}

}  // namespace voice::content::html
