#include "content/html_tree.h"

#include <algorithm>
#include <cstring>

namespace voice::content::html {

void insert_before(Node& parent, Node& child, Node* before) {
  child.parent = &parent;
  child.next = before;
  child.previous = before ? before->previous : parent.last;
  (child.previous ? child.previous->next : parent.first) = &child;
  (before ? before->previous : parent.last) = &child;
}

void append(Node& parent, Node& child) { insert_before(parent, child, nullptr); }

void detach(Node& node) {
  if (!node.parent) return;
  (node.previous ? node.previous->next : node.parent->first) = node.next;
  (node.next ? node.next->previous : node.parent->last) = node.previous;
  node.parent = node.previous = node.next = nullptr;
}

void unwrap(Node& node) {
  Node& parent = *node.parent;
  while (Node* child = node.first) {
    detach(*child);
    insert_before(parent, *child, &node);
  }
  detach(node);
}

void Arena::add_block(std::size_t at_least) {
  const auto size = std::max(at_least, next_block_);
  blocks_.push_back(std::unique_ptr<char[]>(new char[size]));  // not cleared: whoever allocates writes
  at_ = blocks_.back().get();
  end_ = at_ + size;
  next_block_ = std::min<std::size_t>(size * 2, 4U << 20U);
}

Tree::Tree(std::size_t expected_bytes)
    : arena_(std::max<std::size_t>(expected_bytes, 1024)), root_(&element(Tag::body)) {}

std::string_view Tree::keep(std::string_view text) {
  if (text.empty()) return {};
  auto* copy = static_cast<char*>(arena_.allocate(text.size(), 1));
  std::memcpy(copy, text.data(), text.size());
  return {copy, text.size()};
}

void Tree::set_attributes(Node& node, std::span<const Attribute> attributes) {
  if (attributes.empty()) return node.set_attributes({});
  auto* array = static_cast<Attribute*>(arena_.allocate(attributes.size_bytes(), alignof(Attribute)));
  std::uninitialized_copy(attributes.begin(), attributes.end(), array);
  node.set_attributes({array, attributes.size()});
}

}  // namespace voice::content::html
