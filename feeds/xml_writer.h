// feeds/xml_writer.h - the few gestures with which our XML documents are built. Private to this room.
#pragma once
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "feeds/clean.h"

namespace voice::feeds {

/// Appends <name>text</name>; nothing where the text is empty.
pugi::xml_node add_text(pugi::xml_node parent, const char* name, std::string_view text);
/// Sets an attribute; nothing where the value is empty.
void set_attribute(pugi::xml_node node, const char* name, std::string_view value);
/// An XML 1.0 declaration and, where `css_url` is not empty, the instruction that dresses the document for a browser.
void add_prolog(pugi::xml_document& document, const std::string& css_url);
/// The document as UTF-8, one element a line.
std::string to_string(const pugi::xml_document& document);

}  // namespace voice::feeds
