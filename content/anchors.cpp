#include <algorithm>
#include <unordered_set>

#include "content/cleaner.h"

namespace voice::content::html {
namespace {

bool is_in(const Node* node, const Node& root) {
  while (node && node != &root) node = node->parent;
  return node == &root;
}

void remove_attribute(Node& node, std::string_view name) {
  const auto old = node.attributes();
  const auto end = std::remove_if(old.begin(), old.end(), [&](const Attribute& a) { return a.name == name; });
  node.set_attributes(old.first(static_cast<std::size_t>(end - old.begin())));
}

// Points a link whose target is not here at the original page; without one it is no link.
void send_elsewhere(Anchor& link, Tree& tree) {
  Node& node = *link.node;
  remove_attribute(node, "href");
  if (link.elsewhere.empty()) {
    if (node.attribute_count == 0) unwrap(node);
    return;
  }
  std::vector<Attribute> attributes = {{"href", tree.keep(link.elsewhere)}};
  // hreflang goes before rel, as the chooser writes it
  for (const auto& a : node.attributes())
    if (a.name == "hreflang") attributes.push_back(a);
  attributes.push_back({"rel", "nofollow noopener ugc"});
  for (const auto& a : node.attributes())
    if (a.name != "hreflang") attributes.push_back(a);
  tree.set_attributes(node, attributes);
}

}  // namespace

bool match_anchors(Chosen& chosen, Node& root, Tree& tree) {
  if (chosen.links.empty() && chosen.targets.empty()) return false;
  const auto gone = [&](const Anchor& a) { return !is_in(a.node, root); };
  std::erase_if(chosen.links, gone);
  std::erase_if(chosen.targets, gone);

  std::unordered_set<std::string_view> wanted, there;
  for (const auto& link : chosen.links) wanted.insert(link.name);
  for (const auto& target : chosen.targets) there.insert(target.name);
  bool changed = false;
  std::vector<Anchor> links, targets;
  for (auto& target : chosen.targets)
    if (wanted.contains(target.name)) {
      targets.push_back(target);
    } else {
      remove_attribute(*target.node, "id");
      if ((target.node->tag == Tag::a || target.node->tag == Tag::span) && target.node->attribute_count == 0)
        unwrap(*target.node);
      changed = true;
    }
  for (auto& link : chosen.links)
    if (there.contains(link.name)) {
      links.push_back(link);
    } else {
      send_elsewhere(link, tree);
      changed = true;
    }
  chosen.links = std::move(links);
  chosen.targets = std::move(targets);
  return changed;
}

}  // namespace voice::content::html
