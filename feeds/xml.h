// feeds/xml.h - text becomes an XML tree, mended where it must be. Private to this room.
#pragma once
#include <pugixml.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "feeds/references.h"

namespace voice::feeds {

/// A tree whose strings live in `text`, so the two travel together. Text nodes and attribute values still hold their
/// references (&amp;), because only who reads a field knows whether it wants markup: see append_decoded.
struct XmlTree {
  std::string text;
  pugi::xml_document document;
  DeclaredEntities entities;
  bool well_formed = true;
  std::vector<std::string> warnings;
};

/// Whether text between elements that is nothing but space is kept: only mixed content needs it, and it costs a third.
enum class Spaces { drop_between_elements, keep };

/// Reads `text` (valid UTF-8) into `tree`: line ends become LF, control characters go, broken XML is repaired.
/// Errors: malformed (no element in it), too_large.
Result<Done> read_xml(std::string text, Spaces spaces, XmlTree& tree);

}  // namespace voice::feeds
