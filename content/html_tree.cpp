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

Tree::Tree(std::size_t expected_bytes)
    : arena_(std::make_unique<std::pmr::monotonic_buffer_resource>(std::max<std::size_t>(expected_bytes, 4096))),
      root_(&element(Tag::body)) {}

Node& Tree::element(Tag tag) {
  auto* node = new (arena_->allocate(sizeof(Node), alignof(Node))) Node;
  node->tag = tag;
  return *node;
}

Node& Tree::text(std::string_view text) {
  Node& node = element(Tag::text);
  node.text = text;
  return node;
}

std::string_view Tree::keep(std::string_view text) {
  if (text.empty()) return {};
  auto* copy = static_cast<char*>(arena_->allocate(text.size(), 1));
  std::memcpy(copy, text.data(), text.size());
  return {copy, text.size()};
}

std::span<Attribute> Tree::attributes(std::size_t count) {
  if (count == 0) return {};
  auto* array = static_cast<Attribute*>(arena_->allocate(count * sizeof(Attribute), alignof(Attribute)));
  for (std::size_t i = 0; i < count; ++i) new (array + i) Attribute;
  return {array, count};
}

}  // namespace voice::content::html
