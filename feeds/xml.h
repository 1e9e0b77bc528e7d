// feeds/xml.h - text becomes an XML tree, mended where it must be. Private to this room.
#pragma once
#include <pugixml.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace voice::feeds {

/// A tree whose strings live in `text`, so the two travel together. Text nodes and attribute values still hold their
/// references (&amp;), because only who reads a field knows whether it wants markup: see decode_references.
struct XmlTree {
  std::string text;
  pugi::xml_document document;
  bool well_formed = true;
  std::vector<std::string> warnings;

  pugi::xml_node root() const;  ///< the first element
};

enum class Spaces { drop_between_elements, keep };

/// Reads `text` (UTF-8) into `tree`, after repair where a strict parser refuses it.
/// Errors: malformed (no element in it), too_large.
Result<Done> read_xml(std::string text, Spaces spaces, XmlTree& tree);

}  // namespace voice::feeds
