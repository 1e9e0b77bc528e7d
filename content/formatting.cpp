#include "content/formatting.h"

#include <algorithm>

namespace voice::content::html {
namespace {

bool same_attributes(const Node& a, const Node& b) {
  if (a.attribute_count != b.attribute_count) return false;
  for (const auto& attribute : a.attributes()) {
    const auto* other = b.find(attribute.name);
    if (!other || *other != attribute.value) return false;
  }
  return true;
}

bool holds_table_parts(Tag tag) {
  return tag == Tag::table || tag == Tag::tbody || tag == Tag::tfoot || tag == Tag::thead || tag == Tag::tr;
}

}  // namespace

void Formatting::add(Node& node) {
  // Of more than three alike the first gives way.
  std::size_t alike = 0, first_alike = 0, since_mark = 0;
  for (std::size_t i = active_.size(); i-- > 0 && active_[i];) {
    ++since_mark;
    if (active_[i]->tag != node.tag || !same_attributes(*active_[i], node)) continue;
    ++alike;
    first_alike = i;
  }
  if (alike >= 3)
    active_.erase(active_.begin() + static_cast<std::ptrdiff_t>(first_alike));
  else if (since_mark >= kMostActive)
    active_.erase(active_.end() - static_cast<std::ptrdiff_t>(since_mark));
  active_.push_back(&node);
}

std::size_t Formatting::find(const Node& node) const {
  for (std::size_t i = active_.size(); i-- > 0 && active_[i];)
    if (active_[i] == &node) return i;
  return kNowhere;
}

void Formatting::remove(const Node& node) {
  if (const auto at = find(node); at != kNowhere) active_.erase(active_.begin() + static_cast<std::ptrdiff_t>(at));
}

Node* Formatting::last(Tag tag) const {
  for (std::size_t i = active_.size(); i-- > 0 && active_[i];)
    if (active_[i]->tag == tag) return active_[i];
  return nullptr;
}

void Formatting::mark() { active_.push_back(nullptr); }

void Formatting::clear_to_mark() {
  while (!active_.empty()) {
    const bool was_mark = active_.back() == nullptr;
    active_.pop_back();
    if (was_mark) return;
  }
}

Node* Formatting::copy(Node& node) {
  if (copies_left_ == 0) return nullptr;
  --copies_left_;
  Node& twin = tree_.element(node.tag);
  twin.set_attributes(node.attributes());
  return &twin;
}

void Formatting::reconstruct(bool foster) {
  if (active_.empty() || !active_.back() || open_.find(*active_.back()) != 0) return;
  std::size_t first = active_.size() - 1;
  while (first > 0 && active_[first - 1] && open_.find(*active_[first - 1]) == 0) --first;
  for (std::size_t i = first; i < active_.size(); ++i) {
    if (open_.is_full()) return;
    Node* twin = copy(*active_[i]);
    if (!twin) {
      active_.resize(first);
      return;
    }
    place(*twin, open_.current(), foster);
    open_.push(*twin);
    active_[i] = twin;
  }
}

void Formatting::place(Node& node, Node& target, bool foster) {
  if (!foster || target.space != Space::html || !holds_table_parts(target.tag)) return append(target, node);
  std::size_t i = open_.size() - 1;
  while (i > 0 && !(open_[i].tag == Tag::table && open_[i].space == Space::html)) --i;
  Node& table = open_[i];
  if (i == 0)
    append(table, node);
  else if (table.parent)
    insert_before(*table.parent, node, &table);
  else
    append(open_[i - 1], node);
}

bool Formatting::adopt(Tag tag, bool foster) {
  const Node& current = open_.current();
  if (current.tag == tag && current.space == Space::html && find(current) == kNowhere) {
    open_.pop();
    return true;
  }
  for (int round = 0; round < 8; ++round) {
    Node* element = last(tag);
    if (!element) return round > 0;
    if (open_.find(*element) == 0) {
      remove(*element);
      return true;
    }
    if (!open_.has_node_in_scope(*element)) return true;
    if (!adopt_once(*element, foster)) return true;
  }
  return true;
}

// One round of the adoption agency (13.2.6.4.7) for `element`, which is open and active. False when there is no more to do.
bool Formatting::adopt_once(Node& element, bool foster) {
  const auto at = open_.find(element);
  auto block_at = at + 1;
  while (block_at < open_.size() && !is_special(open_[block_at])) ++block_at;
  if (block_at == open_.size() || copies_left_ < OpenElements::kDeepest) {
    open_.pop_through(element);
    remove(element);
    return false;
  }
  Node& block = open_[block_at];
  Node& ancestor = open_[at - 1];
  auto bookmark = find(element);
  Node* last = &block;
  std::size_t node_at = block_at;
  for (int inner = 1;; ++inner) {
    --node_at;
    Node* node = &open_[node_at];
    if (node == &element) break;
    auto active_at = find(*node);
    if (inner > 3 && active_at != kNowhere) {
      active_.erase(active_.begin() + static_cast<std::ptrdiff_t>(active_at));
      if (active_at < bookmark) --bookmark;
      active_at = kNowhere;
    }
    if (active_at == kNowhere) {
      open_.remove(*node);
      continue;
    }
    Node* twin = copy(*node);
    active_[active_at] = twin;
    open_.replace(node_at, *twin);
    if (last == &block) bookmark = active_at + 1;
    detach(*last);
    append(*twin, *last);
    last = twin;
  }
  detach(*last);
  place(*last, ancestor, foster || holds_table_parts(ancestor.tag));

  Node* twin = copy(element);
  while (Node* child = block.first) {
    detach(*child);
    append(*twin, *child);
  }
  append(block, *twin);
  const auto element_at = find(element);
  active_.erase(active_.begin() + static_cast<std::ptrdiff_t>(element_at));
  if (element_at < bookmark) --bookmark;
  active_.insert(active_.begin() + static_cast<std::ptrdiff_t>(bookmark), twin);
  open_.remove(element);
  open_.insert(open_.find(block) + 1, *twin);
  return true;
}

}  // namespace voice::content::html
