// feeds/scope.h - where in a document we are: what its names mean, what its addresses are relative to, which language it
// speaks. Private to this room.
#pragma once
#include <cstdint>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "feeds/namespaces.h"
#include "feeds/xml.h"

namespace voice::feeds {

/// A number for a name, letter case aside, so that names can be cases of a switch.
constexpr std::uint64_t tag(std::string_view name) {
  std::uint64_t hash = 14695981039346656037ULL;  // FNV-1a
  for (const char c : name) {
    hash ^= static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    hash *= 1099511628211ULL;
  }
  return hash;
}

class Scope {
 public:
  /// `tree` must outlive the scope.
  Scope(const XmlTree& tree, std::string document_url) : tree_(tree), bases_{std::move(document_url)}, languages_{""} {}

  /// Stands inside an element from construction to destruction.
  class Inside {
   public:
    Inside(Scope& scope, pugi::xml_node element);
    ~Inside();
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;

   private:
    Scope& scope_;
    std::size_t names_;
    bool has_base_ = false, has_language_ = false;
  };

  /// Calls `action(element, its namespace, tag(its local name))` for each element directly in `parent`, from inside it.
  template <class Action>
  void for_each_child(pugi::xml_node parent, Action&& action) {
    for (auto child = parent.first_child(); child; child = child.next_sibling()) {
      if (child.type() != pugi::node_element) continue;
      const Inside inside(*this, child);
      std::string_view local;
      const Ns ns = names_.of_element(child.name(), local);
      action(child, ns, tag(local));
    }
  }

  const std::string& base() const { return bases_.back(); }
  bool has_own_base() const { return bases_.size() > 1; }  ///< by xml:base
  const std::string& language() const { return languages_.back(); }
  Namespaces& names() { return names_; }

  /// An address as seen from here: absolute where there is a base, trimmed. Empty stays empty.
  std::string resolved(std::string_view address) const;

  /// The text directly in an element, decoded.
  std::string text(pugi::xml_node element);
  /// text() on one line.
  std::string line(pugi::xml_node element);
  /// The inside of an element as HTML, where it holds elements; text() where it holds none.
  std::string markup(pugi::xml_node element);
  bool holds_elements(pugi::xml_node element) const;
  /// An attribute's value, decoded and trimmed. `name` is local; where `ns` is none it has no prefix.
  std::string attribute(pugi::xml_node element, std::string_view name, Ns ns = Ns::none);
  /// An RFC 822 or RFC 3339 date or whatever was meant; a warning the first time one cannot be read.
  std::optional<sys_seconds> date(pugi::xml_node element);
  /// A whole number, 0 where there is none.
  static std::int64_t number(std::string_view text);
  /// "1:02:03", "62:03" or seconds.
  static std::int64_t duration(std::string_view text);

  /// True once elements were found among text: the tree must then be read with Spaces::keep to be read right.
  bool needs_spaces() const { return mixed_; }
  const ReferenceFaults& faults() const { return faults_; }
  const std::string& unreadable_date() const { return unreadable_date_; }

 private:
  void append_html(std::string& out, pugi::xml_node parent, int depth);
  void append_start_tag(std::string& out, pugi::xml_node element, std::string_view local);

  const XmlTree& tree_;
  Namespaces names_;
  std::vector<std::string> bases_;
  std::vector<std::string> languages_;
  ReferenceFaults faults_;
  std::string unreadable_date_;
  std::size_t bases_outside_content_ = 1;
  bool mixed_ = false;
};

}  // namespace voice::feeds
