// feeds/constructs.h - elements with structure of their own: text constructs, links, people, media. Private to this room.
#pragma once
#include <pugixml.hpp>
#include <string>

#include "feeds/feed.h"
#include "feeds/scope.h"

namespace voice::feeds {

/// The content of an element that may be text or HTML; one of the two is empty.
struct Construct {
  std::string html;
  std::string text;
  bool empty() const { return html.empty() && text.empty(); }
  std::string as_line() const;  ///< plain text on one line
  std::string as_html() &&;
};

/// Atom's text and content constructs (RFC 4287, 3.1 and 4.1.3), and Atom 0.3's with `mode`.
Construct atom_construct(Scope& scope, pugi::xml_node element);
/// RSS's, where everything may be HTML, escaped or not.
Construct rss_construct(Scope& scope, pugi::xml_node element);
/// The one or the other, by the vocabulary of the element.
Construct construct(Scope& scope, pugi::xml_node element, Ns ns);

/// Atom's person, or RSS's string.
Person person(Scope& scope, pugi::xml_node element);

struct Link {
  std::string rel;   ///< lower case, "alternate" where there is none
  std::string href;  ///< resolved
  std::string type;
  std::string title;
  std::int64_t length = 0;
};
Link atom_link(Scope& scope, pugi::xml_node element);

}  // namespace voice::feeds
