#include "feeds/xml.h"

#include <algorithm>
#include <cstdint>

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

// Bytes in, bytes counted: with a length known beforehand the compiler makes vector instructions of it.
struct Counts {
  std::uint8_t tags = 0, returns = 0, controls = 0;
  void add(char c) {
    const auto b = static_cast<std::uint8_t>(c);
    tags = static_cast<std::uint8_t>(tags + (b == '<'));
    returns = static_cast<std::uint8_t>(returns | (b == '\r'));
    controls = static_cast<std::uint8_t>(controls | ((b < 0x20) & (b != '\n') & (b != '\t')));
  }
};

Census take_census(std::string_view text) {
  Census census;
  const auto take = [&census](const Counts& counts) {
    census.tags += counts.tags;
    census.has_cr = census.has_cr || counts.returns != 0;
    census.has_controls = census.has_controls || counts.controls != 0;
  };
  constexpr std::size_t kBlock = 128;
  std::size_t at = 0;
  for (; at + kBlock <= text.size(); at += kBlock) {
    Counts counts;
    for (std::size_t i = 0; i < kBlock; ++i) counts.add(text[at + i]);
    take(counts);
  }
  Counts rest;
  for (; at < text.size(); ++at) rest.add(text[at]);
  take(rest);
  return census;
}

std::size_t past(std::string_view text, std::string_view end, std::size_t from) {
  const auto at = text.find(end, from);
  return at == std::string_view::npos ? text.size() : at + end.size();
}

// The slower count, of what takes a place in the tree: not the HTML of posts inside CDATA. It goes through the document as
// pugixml does, so that no section is seen where pugixml sees none: in comments, instructions and the values of attributes.
std::size_t tags_outside_cdata(std::string_view text) {
  std::size_t tags = 0;
  for (auto at = text.find('<'); at < text.size(); at = text.find('<', at)) {
    ++tags;
    const auto rest = text.substr(at);
    if (rest.starts_with("<!--")) {
      at = past(text, "-->", at + 4);
    } else if (rest.starts_with("<![CDATA[")) {
      at = past(text, "]]>", at + 9);
    } else if (rest.starts_with("<?")) {
      at = past(text, "?>", at + 2);
    } else {
      for (++at; at < text.size() && text[at] != '>'; ++at)
        if (text[at] == '"' || text[at] == '\'') at = std::min(text.find(text[at], at + 1), text.size() - 1);
    }
  }
  return tags;
}

bool has_too_many_tags(std::string_view text, const Census& census) {
  const auto most = most_tags(text.size());
  return census.tags > most && tags_outside_cdata(text) > most;
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
  const auto end = std::remove_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t'; });
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

// Whether the last tag leaves an element open, as in a document that was cut off.
bool ends_within(std::string_view text) {
  const auto tag = text.substr(std::min(text.rfind('<'), text.size()));
  if (tag.starts_with("</")) return !tag.substr(2).starts_with(first_element(text));
  return tag == "<" || (tag.size() > 1 && tag[1] != '!' && tag[1] != '?');
}

// What pugixml lets pass although XML does not allow it.
void check_outside_root(XmlTree& tree, std::string_view text) {
  const auto declaration = prolog_of(text).find("<?xml ");
  const auto first = text.find('<');
  if (first != std::string_view::npos && !trim(text.substr(0, first)).empty())
    note(tree, "There is text before the first tag of the feed; remove it");
  else if (declaration != std::string_view::npos && declaration != 0)
    note(tree, "The XML declaration must be the very first thing in the feed, without spaces or blank lines before it");
  const auto last = text.rfind('>');
  if (last != std::string_view::npos && !trim(text.substr(last + 1)).empty() && !ends_within(text))
    note(tree, "There is text after the end of the feed; remove it");
}

void check_roots(XmlTree& tree) {
  const auto roots = std::count_if(tree.document.begin(), tree.document.end(),
                                   [](pugi::xml_node node) { return node.type() == pugi::node_element; });
  if (roots > 1) note(tree, "The document has more than one outermost element");
}

}  // namespace

std::string_view prolog_of(std::string_view text) {
  std::size_t at = 0;
  for (;;) {
    at = text.find('<', at);
    if (at == std::string_view::npos || at + 1 >= text.size()) return text;
    const char next = text[at + 1];
    if (next != '!' && next != '?') return text.substr(0, at);
    // Comments and document types hold tags of their own.
    const bool comment = text.substr(at).starts_with("<!--");
    const auto bracket = text.find_first_of("[>", at);
    const bool subset = !comment && next == '!' && bracket != std::string_view::npos && text[bracket] == '[';
    const auto end = text.find(comment ? "-->" : subset ? "]>" : ">", at);
    if (end == std::string_view::npos) return text.substr(0, at);
    at = end;
  }
}

std::string_view first_element(std::string_view text) {
  const auto from = prolog_of(text).size() + 1;
  if (from >= text.size()) return {};
  return text.substr(from, text.find_first_of(" \t\r\n/>", from) - from);
}

Result<Done> read_xml(std::string text, Spaces spaces, XmlTree& tree) {
  if (text.size() > kLongestDocument)
    return Error{ErrorCode::too_large, "the document is larger than 64 MB, more than we read of any feed"};
  const auto census = take_census(text);
  const Error too_many_tags{ErrorCode::too_large, "the document has far more tags than a feed of its size"};
  if (has_too_many_tags(text, census)) return too_many_tags;
  if (census.has_cr) normalise_line_ends(text);
  if (census.has_controls && remove_controls(text))
    note(tree, "The feed holds control characters, which XML does not allow; they were removed");
  tree.entities = declared_entities(prolog_of(text));
  check_outside_root(tree, text);

  // Parsing in place eats the text, and a refused document is read again from the start.
  tree.source = std::move(text);
  tree.text = tree.source;
  if (!parse(tree, spaces) || !tree.document.document_element()) {
    auto repaired = repair_xml(tree.source);
    tree.text = std::move(repaired.text);
    tree.well_formed = false;
    for (auto& warning : repaired.warnings) tree.warnings.push_back(std::move(warning));
    if (tree.text.find('<') == std::string::npos)
      return Error{ErrorCode::unsupported, "this is not a feed: there is not one tag in it"};
    // Repair may read as tags what stood in a broken value.
    if (has_too_many_tags(tree.text, take_census(tree.text))) return too_many_tags;
    if (!parse(tree, spaces)) return Error{ErrorCode::malformed, "the document is broken beyond repair"};
  }
  if (!tree.document.document_element()) return Error{ErrorCode::unsupported, "the document has no XML element in it"};
  check_roots(tree);
  return Done{};
}

}  // namespace voice::feeds
