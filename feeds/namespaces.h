// feeds/namespaces.h - which vocabulary an element belongs to. Private to this room.
//
// Namespaces count and prefixes don't (Namespaces in XML, 2): xmlns:foo="http://purl.org/dc/elements/1.1/" makes foo:date
// a Dublin Core date. Feeds get the addresses wrong in a hundred ways (https, missing slash, capitals), so they are
// compared loosely; and where a prefix was never declared, we believe what everybody means by it.
#pragma once
#include <cstdint>
#include <pugixml.hpp>
#include <string_view>
#include <vector>

namespace voice::feeds {

enum class Ns : std::uint8_t {
  none,  // no namespace, or one that is unknown but the document's default: RSS 2.0 and its relatives
  rss10,
  rss090,
  rdf,
  atom10,
  atom03,
  dc,
  dcterms,
  content,
  media,
  itunes,
  sy,
  slash,
  wfw,
  thr,
  licence,
  georss,
  podcast,
  xhtml,
  fh,
  feedburner,
  xml,
  other
};

/// What a namespace address stands for; Ns::other where it is none of ours.
Ns namespace_of(std::string_view uri);
/// What everybody means by a prefix ("dc", "content"); Ns::other where nobody agrees.
Ns usual_meaning(std::string_view prefix);

/// The bindings in force at one place of a document. enter() an element, ask, leave() with what enter() returned.
class Namespaces {
 public:
  std::size_t enter(pugi::xml_node element);
  void leave(std::size_t mark) { bound_.resize(mark); }

  /// The vocabulary of an element's name, and its local part.
  Ns of_element(std::string_view qualified_name, std::string_view& local);
  /// The vocabulary of an attribute's name; without a prefix that is none.
  Ns of_attribute(std::string_view qualified_name, std::string_view& local);
  bool met_undeclared_prefix() const { return undeclared_; }

 private:
  Ns of_prefix(std::string_view prefix);

  struct Binding {
    std::string_view prefix;
    Ns ns;
  };
  std::vector<Binding> bound_;
  bool undeclared_ = false;
};

}  // namespace voice::feeds
