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
  std::string source;  ///< the document as it was before parsing ate it, with LF for line ends
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

/// What stands before the first element: declaration, comments, document type.
std::string_view prolog_of(std::string_view text);
/// The name of the first element as written, or empty.
std::string_view first_element(std::string_view text);

}  // namespace voice::feeds
