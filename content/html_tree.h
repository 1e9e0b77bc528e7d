// content/html_tree.h - HTML as a tree of plain nodes, owned by an arena.
//
// Private to this room. A parser fills a tree, the cleaner reads it and builds another one, the writer turns that into
// text. Nodes and their strings live as long as the Tree (or the source it was parsed from); nothing is freed singly.
#pragma once
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "content/html_tags.h"

namespace voice::content::html {

enum class Space : std::uint8_t { html, svg, math };  ///< the namespace of an element

struct Attribute {
  std::string_view name;   ///< lower case
  std::string_view value;  ///< character references decoded
};

/// One line of the processor's cache: the memory of a document is mostly that of its nodes.
struct Node {
  Tag tag = Tag::text;
  Space space = Space::html;
  std::uint8_t flags = 0;  ///< for whoever builds or walks the tree
  std::uint8_t attribute_count = 0;
  std::uint32_t text_size = 0;
  const char* text_begin = nullptr;
  Attribute* attributes_begin = nullptr;
  Node* parent = nullptr;
  Node* first = nullptr;
  Node* last = nullptr;
  Node* previous = nullptr;
  Node* next = nullptr;

  bool is_text() const { return tag == Tag::text; }
  /// Of a text node; else the element's name where the tag is Tag::other. At most 4 GB.
  std::string_view text() const { return {text_begin, text_size}; }
  void set_text(std::string_view text) {
    text_begin = text.data();
    text_size = static_cast<std::uint32_t>(text.size());
  }
  /// At most 255; a tag is read with 64.
  void set_attributes(std::span<Attribute> attributes) {
    assert(attributes.size() <= 255);
    attributes_begin = attributes.data();
    attribute_count = static_cast<std::uint8_t>(attributes.size());
  }
  std::span<Attribute> attributes() { return {attributes_begin, attribute_count}; }
  std::span<const Attribute> attributes() const { return {attributes_begin, attribute_count}; }
  /// The value of an attribute, or null where it is absent.
  const std::string_view* find(std::string_view name) const {
    for (const auto& a : attributes())
      if (a.name == name) return &a.value;
    return nullptr;
  }
  std::string_view value_of(std::string_view name) const {
    const auto* value = find(name);
    return value ? *value : std::string_view();
  }
};

static_assert(sizeof(Node) <= 64);

void append(Node& parent, Node& child);
void insert_before(Node& parent, Node& child, Node* before);  ///< at the end where `before` is null
void detach(Node& node);
/// Puts the children of `node` in its place and detaches it.
void unwrap(Node& node);

/// Memory that is only ever given back as a whole.
class Arena {
 public:
  explicit Arena(std::size_t first_block) : next_block_(first_block) {}
  void* allocate(std::size_t bytes, std::size_t alignment) {
    if (padding(alignment) + bytes > static_cast<std::size_t>(end_ - at_)) add_block(bytes + alignment);
    char* const begin = at_ + padding(alignment);
    at_ = begin + bytes;
    return begin;
  }

 private:
  std::size_t padding(std::size_t alignment) const {
    return (alignment - reinterpret_cast<std::uintptr_t>(at_) % alignment) % alignment;
  }
  void add_block(std::size_t at_least);

  char* at_ = nullptr;
  char* end_ = nullptr;
  std::size_t next_block_;
  std::vector<std::unique_ptr<char[]>> blocks_;
};

class Tree {
 public:
  /// `expected_bytes`: about how much its nodes and strings will need.
  explicit Tree(std::size_t expected_bytes = 4096);

  Node& root() { return *root_; }
  const Node& root() const { return *root_; }
  Node& element(Tag tag) {
    auto* node = new (arena_.allocate(sizeof(Node), alignof(Node))) Node;
    node->tag = tag;
    ++node_count_;
    return *node;
  }
  std::size_t node_count() const { return node_count_; }
  Node& text(std::string_view text) {
    Node& node = element(Tag::text);
    node.set_text(text);
    return node;
  }
  /// A copy that lives as long as the tree.
  std::string_view keep(std::string_view text);
  /// Gives `node` a copy of `attributes`, though not of their strings.
  void set_attributes(Node& node, std::span<const Attribute> attributes);

 private:
  Arena arena_;
  std::size_t node_count_ = 0;
  Node* root_;
};

}  // namespace voice::content::html
