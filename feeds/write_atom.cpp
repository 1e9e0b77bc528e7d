#include <algorithm>

#include "base/text.h"
#include "base/time.h"
#include "feeds/write.h"
#include "feeds/xml_writer.h"

namespace voice::feeds {
namespace {

void add_link(pugi::xml_node parent, const char* rel, const std::string& href, const char* type = "") {
  if (href.empty()) return;
  auto link = parent.append_child("link");
  set_attribute(link, "rel", rel);
  set_attribute(link, "type", type);
  set_attribute(link, "href", href);
}

void add_person(pugi::xml_node parent, const Person& person) {
  auto author = parent.append_child("author");
  // A person must have a name (RFC 4287, 3.2.1).
  add_text(author, "name", !person.name.empty() ? person.name : !person.email.empty() ? person.email : person.url);
  add_text(author, "uri", person.url);
  add_text(author, "email", person.email);
}

void add_construct(pugi::xml_node parent, const char* name, const char* type, const std::string& text) {
  if (auto node = add_text(parent, name, text)) node.append_attribute("type") = type;
}

void add_date(pugi::xml_node parent, const char* name, const std::optional<sys_seconds>& date) {
  if (date) add_text(parent, name, rfc3339(*date));
}

void add_source(pugi::xml_node entry, const Source& from) {
  auto source = entry.append_child("source");
  add_text(source, "id", from.id);
  add_text(source, "title", from.title);
  add_date(source, "updated", from.updated);
  add_link(source, "self", from.feed_url);
  add_link(source, "alternate", from.home_page_url);
  add_text(source, "rights", from.rights);
}

void add_enclosure(pugi::xml_node parent, const Enclosure& enclosure) {
  add_link(parent, "enclosure", enclosure.url, enclosure.mime_type.c_str());
  auto link = parent.last_child();
  if (enclosure.size_in_bytes > 0) link.append_attribute("length") = std::to_string(enclosure.size_in_bytes).c_str();
  set_attribute(link, "title", enclosure.title);
}

void add_category(pugi::xml_node parent, const std::string& tag) {
  if (!tag.empty()) set_attribute(parent.append_child("category"), "term", tag);
}

void add_content(pugi::xml_node node, const Entry& entry) {
  const bool html = !entry.content_html.empty();
  add_construct(node, "content", html ? "html" : "text", html ? entry.content_html : entry.content_text);
  if (!entry.base_url.empty() && node.child("content"))
    set_attribute(node.child("content"), "xml:base", entry.base_url);
}

// `otherwise` is for entries without a date: updated is required (RFC 4287, 4.1.2).
void add_entry(pugi::xml_node parent, const Entry& entry, const Feed& feed,
               const std::optional<sys_seconds>& otherwise) {
  auto node = parent.append_child("entry");
  if (entry.language != feed.language) set_attribute(node, "xml:lang", entry.language);
  add_text(node, "id", entry.id.empty() ? entry.url : entry.id);
  auto title = node.append_child("title");
  title.append_child(pugi::node_pcdata).set_value(xml_clean(entry.title).c_str());
  add_link(node, "alternate", entry.url);
  add_link(node, "related", entry.external_url);
  add_link(node, "replies", entry.comments_url, "text/html");
  add_link(node, "license", entry.licence);
  const auto updated = entry.updated ? entry.updated : entry.published ? entry.published : otherwise;
  add_date(node, "published", entry.published);
  add_date(node, "updated", updated);
  for (const auto& author : entry.authors) add_person(node, author);
  for (const auto& tag : entry.tags) add_category(node, tag);
  add_construct(node, "summary", "html", entry.summary_html);
  add_content(node, entry);
  for (const auto& enclosure : entry.enclosures) add_enclosure(node, enclosure);
  if (!entry.image.empty()) set_attribute(node.append_child("media:thumbnail"), "url", entry.image);
  add_text(node, "rights", entry.rights);
  if (entry.source) add_source(node, *entry.source);
}

std::optional<sys_seconds> newest(const Feed& feed) {
  std::optional<sys_seconds> latest = feed.updated;
  if (latest) return latest;
  for (const auto& entry : feed.entries) {
    const auto date = entry.updated ? entry.updated : entry.published;
    if (date && (!latest || *date > *latest)) latest = date;
  }
  return latest;
}

void add_head(pugi::xml_node root, const Feed& feed, const WriteOptions& options) {
  add_text(root, "id", !feed.id.empty() ? feed.id : !feed.feed_url.empty() ? feed.feed_url : feed.home_page_url);
  add_text(root, "title", feed.title);
  add_text(root, "subtitle", feed.description);
  add_date(root, "updated", newest(feed));
  add_link(root, "self", feed.feed_url, "application/atom+xml");
  add_link(root, "alternate", feed.home_page_url, "text/html");
  for (const auto& hub : feed.hubs) add_link(root, "hub", hub);
  add_link(root, "first", feed.first_page);
  add_link(root, "previous", feed.prev_page);
  add_link(root, "next", feed.next_page);
  add_link(root, "last", feed.last_page);
  add_link(root, "current", feed.current);
  add_link(root, "prev-archive", feed.prev_archive);
  add_link(root, "next-archive", feed.next_archive);
  add_link(root, "license", feed.licence);
  if (feed.is_archive) root.append_child("fh:archive");
  for (const auto& author : feed.authors) add_person(root, author);
  add_text(root, "icon", feed.icon);
  add_text(root, "rights", feed.rights);
  add_text(root, "generator", options.generator);
}

}  // namespace

std::string write_atom(const Feed& feed, const WriteOptions& options) {
  pugi::xml_document document;
  add_prolog(document, options.css_url);
  auto root = document.append_child("feed");
  root.append_attribute("xmlns") = "http://www.w3.org/2005/Atom";
  const bool images =
      std::any_of(feed.entries.begin(), feed.entries.end(), [](const Entry& e) { return !e.image.empty(); });
  if (images) root.append_attribute("xmlns:media") = "http://search.yahoo.com/mrss/";
  if (feed.is_archive) root.append_attribute("xmlns:fh") = "http://purl.org/syndication/history/1.0";
  set_attribute(root, "xml:lang", feed.language);
  add_head(root, feed, options);
  const auto otherwise = newest(feed);
  for (const auto& entry : feed.entries) add_entry(root, entry, feed, otherwise);
  return to_string(document);
}

}  // namespace voice::feeds
