#include "content/images.h"

#include "base/text.h"
#include "content/attributes.h"
#include "content/cleaner.h"
#include "content/html_parser.h"
#include "content/html_writer.h"
#include "content/tree_text.h"

namespace voice::content {

SafeHtml make_safe(std::string sanitised);

namespace {

using html::Node;
using html::Tag;

void collect(const Node& node, std::vector<Image>& images) {
  for (const auto* child = node.first; child; child = child->next) {
    if (child->tag == Tag::img)
      images.push_back({std::string(child->value_of("src")), std::string(child->value_of("alt"))});
    collect(*child, images);
  }
}

// What stands for a picture: an emoji is its character, one in a link is its description, any other a link to it.
// Where nothing may be nested further, which a picture is not and a link is, it is its description as well.
Node* stand_in(html::Tree& tree, const Node& image, const Node* link_around, int level) {
  const auto alt = trim(image.value_of("alt"));
  if (!alt.empty() && (link_around || image.value_of("class") == "emoji")) return &tree.text(alt);
  if (image.value_of("class") == "emoji") return nullptr;
  if (link_around) return html::is_blank(html::text_of(*link_around)) ? &tree.text("Picture") : nullptr;
  const auto words = alt.empty() ? std::string_view("Picture") : tree.keep("Picture: " + std::string(alt));
  if (level >= html::kMostLevels) return &tree.text(words);
  const auto address = Addresses("").link(image.value_of("src"));  // as a link it counts no readers
  Node& link = html::new_link(tree, address.value_or(std::string(image.value_of("src"))));
  html::append(link, tree.text(words));
  return &link;
}

void replace_images(html::Tree& tree, Node& node, const Node* link_around, int level) {
  for (Node* child = node.first; child;) {
    Node* next = child->next;
    if (child->tag == Tag::source) {
      html::detach(*child);
    } else if (child->tag == Tag::img) {
      if (Node* other = stand_in(tree, *child, link_around, level)) html::insert_before(node, *other, child);
      html::detach(*child);
    } else {
      replace_images(tree, *child, child->tag == Tag::a ? child : link_around, level + 1);
      if (child->tag == Tag::picture) html::unwrap(*child);
    }
    child = next;
  }
}

}  // namespace

std::vector<Image> images_of(const SafeHtml& safe) {
  std::vector<Image> images;
  const auto tree = html::parse_fragment(safe.text());
  collect(tree.root(), images);
  return images;
}

SafeHtml without_images(const SafeHtml& safe) {
  if (safe.text().find("<img") == std::string::npos) return safe;
  auto tree = html::parse_fragment(safe.text());
  replace_images(tree, tree.root(), nullptr, 0);
  html::settle(tree.root(), tree);
  return make_safe(html::write_children(tree.root()));
}

}  // namespace voice::content
