#include "feeds/opml.h"

#include "base/text.h"
#include "base/time.h"
#include "feeds/charset.h"
#include "feeds/date.h"
#include "feeds/references.h"
#include "feeds/xml.h"
#include "feeds/xml_writer.h"

namespace voice::feeds {
namespace {

constexpr int kDeepestGroup = 32;

std::string one_line(std::string_view raw) { return collapse_space(decode_references(raw)); }

// The first of several spellings of an attribute, letter case aside.
std::string attribute(pugi::xml_node node, std::initializer_list<std::string_view> names) {
  for (const auto name : names)
    for (const auto& attr : node.attributes())
      if (equals_ignoring_case(attr.name(), name) && *attr.value() != '\0') return one_line(attr.value());
  return {};
}

bool is_named(pugi::xml_node node, std::string_view name) { return equals_ignoring_case(node.name(), name); }

pugi::xml_node child(pugi::xml_node parent, std::string_view name) {
  for (const auto& node : parent.children())
    if (is_named(node, name)) return node;
  return {};
}

Outline read_outline(pugi::xml_node node) {
  Outline outline;
  outline.text = attribute(node, {"text"});
  outline.title = attribute(node, {"title"});
  outline.type = to_ascii_lower(attribute(node, {"type"}));
  outline.xml_url = attribute(node, {"xmlUrl", "xml_url", "feedUrl", "rssUrl"});
  outline.html_url = attribute(node, {"htmlUrl", "html_url", "siteUrl", "link"});
  outline.description = attribute(node, {"description"});
  outline.language = attribute(node, {"language"});
  outline.category = attribute(node, {"category"});
  // `url` is the feed in some exports of type rss, and a page or another list (type link, include) elsewhere.
  if (outline.xml_url.empty() && (outline.type == "rss" || outline.type == "atom" || outline.type == "feed"))
    outline.xml_url = attribute(node, {"url", "href"});
  if (outline.text.empty()) outline.text = outline.title;
  if (outline.type.empty() && !outline.xml_url.empty()) outline.type = "rss";
  return outline;
}

void read_outlines(pugi::xml_node parent, std::vector<Outline>& into, int depth) {
  for (const auto& node : parent.children()) {
    if (!is_named(node, "outline")) {
      if (is_named(node, "body") && depth < kDeepestGroup) read_outlines(node, into, depth + 1);
      continue;
    }
    into.push_back(read_outline(node));
    if (depth < kDeepestGroup) read_outlines(node, into.back().children, depth + 1);
  }
}

std::optional<sys_seconds> date_of(pugi::xml_node node) {
  const auto date = parse_date(one_line(node.text().get()));
  return date ? std::optional(*date) : std::nullopt;
}

OutlineList read_list(pugi::xml_node root) {
  OutlineList list;
  const auto head = child(root, "head");
  list.title = one_line(child(head, "title").text().get());
  list.owner_name = one_line(child(head, "ownerName").text().get());
  list.owner_id = one_line(child(head, "ownerId").text().get());
  list.created = date_of(child(head, "dateCreated"));
  list.modified = date_of(child(head, "dateModified"));
  read_outlines(root, list.outlines, 0);
  return list;
}

void write_outline(pugi::xml_node parent, const Outline& outline) {
  auto node = parent.append_child("outline");
  const auto& text = !outline.text.empty() ? outline.text : !outline.title.empty() ? outline.title : outline.xml_url;
  node.append_attribute("text").set_value(xml_clean(text).c_str());
  set_attribute(node, "title", outline.title);
  set_attribute(node, "type", outline.type.empty() && !outline.xml_url.empty() ? "rss" : outline.type);
  set_attribute(node, "xmlUrl", outline.xml_url);
  set_attribute(node, "htmlUrl", outline.html_url);
  set_attribute(node, "description", outline.description);
  set_attribute(node, "language", outline.language);
  set_attribute(node, "category", outline.category);
  for (const auto& below : outline.children) write_outline(node, below);
}

void collect_feeds(const std::vector<Outline>& outlines, std::vector<Outline>& into) {
  for (const auto& outline : outlines) {
    if (!outline.xml_url.empty()) {
      into.push_back(outline);
      into.back().children.clear();
    }
    collect_feeds(outline.children, into);
  }
}

}  // namespace

Result<OutlineList> read_opml(std::string_view bytes) {
  XmlTree tree;
  auto text = to_utf8(bytes, "").text;
  if (find_ignoring_case(text, "<opml") == std::string::npos &&
      find_ignoring_case(text, "<outline") == std::string::npos)
    return Error{ErrorCode::unsupported, "this is not an OPML file: there is no <opml> in it"};
  const auto read = read_xml(std::move(text), Spaces::drop_between_elements, tree);
  if (!read) return read.error();
  return read_list(tree.document.document_element());
}

std::string write_opml(const OutlineList& list) {
  pugi::xml_document document;
  add_prolog(document, "");
  auto root = document.append_child("opml");
  root.append_attribute("version") = "2.0";
  auto head = root.append_child("head");
  add_text(head, "title", list.title);
  if (list.created) add_text(head, "dateCreated", rfc822(*list.created));
  if (list.modified) add_text(head, "dateModified", rfc822(*list.modified));
  add_text(head, "ownerName", list.owner_name);
  add_text(head, "ownerId", list.owner_id);
  add_text(head, "docs", "http://opml.org/spec2.opml");
  auto body = root.append_child("body");
  for (const auto& outline : list.outlines) write_outline(body, outline);
  return to_string(document);
}

std::vector<Outline> feeds_of(const OutlineList& list) {
  std::vector<Outline> feeds;
  collect_feeds(list.outlines, feeds);
  return feeds;
}

}  // namespace voice::feeds
