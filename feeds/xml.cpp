#include "feeds/xml.h"

#include <algorithm>
#include <cstring>

#include "base/text.h"
#include "feeds/doctype.h"
#include "feeds/limits.h"
#include "feeds/repair.h"

namespace voice::feeds {
namespace {

struct Census {
  std::size_t tags = 0;
  bool has_cr = false;
  bool has_controls = false;
};

// One pass over the bytes in blocks that the compiler can turn into vector instructions.
Census take_census(std::string_view text) {
  Census census;
  unsigned controls = 0, returns = 0;
  const auto look = [&](const char* from, std::size_t size) {
    unsigned tags = 0, c = 0, r = 0;
    for (std::size_t i = 0; i < size; ++i) {
      const auto b = static_cast<unsigned char>(from[i]);
      tags += b == '<';
      r |= b == '\r';
      c |= static_cast<unsigned>(b < 0x20) & static_cast<unsigned>(b != '\n') & static_cast<unsigned>(b != '\t');
    }
    census.tags += tags;
    controls |= c;
    returns |= r;
  };
  constexpr std::size_t kBlock = 256;
  std::size_t at = 0;
  for (; at + kBlock <= text.size(); at += kBlock) look(text.data() + at, kBlock);
  look(text.data() + at, text.size() - at);
  census.has_cr = returns != 0;
  census.has_controls = controls != 0;
  return census;
}

// XML 1.0, 2.11: a line ends with LF, whatever it ended with before.
void normalise_line_ends(std::string& text) {
  std::size_t to = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    char c = text[at];
    if (c == '\r') {
      if (at + 1 < text.size() && text[at + 1] == '\n') continue;
      c = '\n';
    }
    text[to++] = c;
  }
  text.resize(to);
}

// True where there was one that is no line end.
bool remove_controls(std::string& text) {
  const auto end = std::remove_if(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t';
  });
  const bool removed = end != text.end();
  text.erase(end, text.end());
  return removed;
}

pugi::xml_parse_result parse(XmlTree& tree, Spaces spaces) {
  unsigned flags = pugi::parse_cdata;
  if (spaces == Spaces::keep) flags |= pugi::parse_ws_pcdata;
  return tree.document.load_buffer_inplace(tree.text.data(), tree.text.size(), flags, pugi::encoding_utf8);
}

void note(XmlTree& tree, std::string warning) {
  tree.well_formed = false;
  tree.warnings.push_back(std::move(warning));
}

// What pugixml lets pass although XML does not allow it.
void check_outside_root(XmlTree& tree, std::string_view text) {
  const auto declaration = text.substr(0, 4096).find("<?xml ");
  const auto first = text.find('<');
  if (first != std::string_view::npos && !trim(text.substr(0, first)).empty())
    note(tree, "There is text before the first tag of the feed; remove it");
  else if (declaration != std::string_view::npos && declaration != 0)
    note(tree, "The XML declaration must be the very first thing in the feed, without spaces or blank lines before it");
  const auto last = text.rfind('>');
  if (last != std::string_view::npos && !trim(text.substr(last + 1)).empty())
    note(tree, "There is text after the end of the feed; remove it");
}

void check_roots(XmlTree& tree) {
  const auto roots = std::count_if(tree.document.begin(), tree.document.end(),
                                   [](pugi::xml_node node) { return node.type() == pugi::node_element; });
  if (roots > 1) note(tree, "The document has more than one outermost element");
}

}  // namespace

Result<Done> read_xml(std::string text, Spaces spaces, XmlTree& tree) {
  if (text.size() > kLongestDocument)
    return Error{ErrorCode::too_large, "the document is larger than 64 MB, more than we read of any feed"};
  const auto census = take_census(text);
  if (census.tags > kMostTags) return Error{ErrorCode::too_large, "the document has more than two million tags"};
  if (census.has_cr) normalise_line_ends(text);
  if (census.has_controls && remove_controls(text))
    note(tree, "The feed holds control characters, which XML does not allow; they were removed");
  tree.entities = declared_entities(text);
  check_outside_root(tree, text);

  // Parsing in place eats the text, and a refused document is read again from the start.
  tree.text = text;
  if (!parse(tree, spaces) || !tree.document.document_element()) {
    auto repaired = repair_xml(text);
    tree.text = std::move(repaired.text);
    tree.well_formed = false;
    for (auto& warning : repaired.warnings) tree.warnings.push_back(std::move(warning));
    if (!parse(tree, spaces)) return Error{ErrorCode::malformed, "the document is broken beyond repair"};
  }
  if (!tree.document.document_element()) return Error{ErrorCode::unsupported, "the document has no XML element in it"};
  check_roots(tree);
  return Done{};
}

}  // namespace voice::feeds
