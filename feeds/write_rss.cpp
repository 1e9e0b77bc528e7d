#include "base/time.h"
#include "feeds/markup.h"
#include "feeds/write.h"
#include "feeds/xml_writer.h"

namespace voice::feeds {
namespace {

void add_atom_link(pugi::xml_node parent, const char* rel, const std::string& href, const char* type = "") {
  if (href.empty()) return;
  auto link = parent.append_child("atom:link");
  set_attribute(link, "rel", rel);
  set_attribute(link, "type", type);
  set_attribute(link, "href", href);
}

void add_date(pugi::xml_node parent, const char* name, const std::optional<sys_seconds>& date) {
  if (date) add_text(parent, name, rfc822(*date));
}

// Readers take RSS's lines of text for HTML. Where that would change what a line says it is escaped once more; elsewhere
// it is left alone, for the readers that don't ("Q & A").
void add_line(pugi::xml_node parent, const char* name, const std::string& line) {
  const bool reads_as_itself = line_of_html(line) == line;
  add_text(parent, name, reads_as_itself ? line : html_of_text(line));
}

void add_creators(pugi::xml_node parent, const std::vector<Person>& people) {
  for (const auto& person : people) add_line(parent, "dc:creator", person.name.empty() ? person.url : person.name);
}

void add_guid(pugi::xml_node item, const Entry& entry) {
  const auto& id = entry.id.empty() ? entry.url : entry.id;
  if (auto guid = add_text(item, "guid", id))
    guid.append_attribute("isPermaLink") = entry.id_is_permalink || entry.id.empty();
}

void add_enclosure(pugi::xml_node item, const Enclosure& enclosure) {
  auto node = item.append_child("enclosure");
  set_attribute(node, "url", enclosure.url);
  // All three attributes are required; 0 is the profile's way of saying that the length is not known.
  node.append_attribute("length") = std::to_string(enclosure.size_in_bytes).c_str();
  node.append_attribute("type") =
      enclosure.mime_type.empty() ? "application/octet-stream" : xml_clean(enclosure.mime_type).c_str();
}

void add_source(pugi::xml_node item, const Source& from) {
  if (from.feed_url.empty()) return;
  add_line(item, "source", from.title.empty() ? from.feed_url : from.title);
  set_attribute(item.last_child(), "url", from.feed_url);
}

// A reader that knows no content:encoded shows the description, so that is the extract where both are there.
void add_bodies(pugi::xml_node item, const Entry& entry) {
  const bool both = !entry.summary_html.empty() && !entry.content_html.empty();
  add_text(item, "description", !entry.summary_html.empty() ? entry.summary_html : entry.content_html);
  if (both) add_text(item, "content:encoded", entry.content_html);
  if (entry.content_html.empty() && entry.summary_html.empty() && !entry.content_text.empty()) {
    // RSS has no plain text: what looks like markup would be read as markup.
    add_text(item, "description", html_of_text(entry.content_text));
  }
}

void add_item(pugi::xml_node channel, const Entry& entry, const Feed& feed) {
  auto item = channel.append_child("item");
  if (!entry.base_url.empty()) set_attribute(item, "xml:base", entry.base_url);
  if (entry.language != feed.language) set_attribute(item, "xml:lang", entry.language);
  add_line(item, "title", entry.title);
  add_text(item, "link", entry.url);
  add_guid(item, entry);
  add_date(item, "pubDate", entry.published ? entry.published : entry.updated);
  if (entry.published && entry.updated && entry.updated != entry.published)
    add_text(item, "atom:updated", rfc3339(*entry.updated));
  add_creators(item, entry.authors);
  for (const auto& tag : entry.tags) add_line(item, "category", tag);
  add_text(item, "comments", entry.comments_url);
  add_atom_link(item, "related", entry.external_url);
  add_bodies(item, entry);
  for (const auto& enclosure : entry.enclosures) add_enclosure(item, enclosure);
  if (!entry.image.empty()) set_attribute(item.append_child("media:thumbnail"), "url", entry.image);
  add_text(item, "dc:rights", entry.rights);
  add_text(item, "creativeCommons:license", entry.licence);
  if (entry.source) add_source(item, *entry.source);
}

void add_image(pugi::xml_node channel, const Feed& feed) {
  if (feed.icon.empty()) return;
  auto image = channel.append_child("image");
  add_text(image, "url", feed.icon);
  add_line(image, "title", feed.title);
  add_text(image, "link", feed.home_page_url);
}

void add_skips(pugi::xml_node channel, const Feed& feed) {
  static constexpr const char* kDays[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
  if (feed.skip_hours != 0) {
    auto hours = channel.append_child("skipHours");
    for (int hour = 0; hour < 24; ++hour)
      if ((feed.skip_hours >> hour & 1U) != 0) add_text(hours, "hour", std::to_string(hour));
  }
  if (feed.skip_days != 0) {
    auto days = channel.append_child("skipDays");
    for (int day = 0; day < 7; ++day)
      if ((feed.skip_days >> day & 1U) != 0) add_text(days, "day", kDays[day]);
  }
}

void add_links(pugi::xml_node channel, const Feed& feed) {
  add_atom_link(channel, "self", feed.feed_url, "application/rss+xml");
  for (const auto& hub : feed.hubs) add_atom_link(channel, "hub", hub);
  add_atom_link(channel, "first", feed.first_page);
  add_atom_link(channel, "previous", feed.prev_page);
  add_atom_link(channel, "next", feed.next_page);
  add_atom_link(channel, "last", feed.last_page);
  add_atom_link(channel, "current", feed.current);
  add_atom_link(channel, "prev-archive", feed.prev_archive);
  add_atom_link(channel, "next-archive", feed.next_archive);
  if (feed.is_archive) channel.append_child("fh:archive");
}

void add_head(pugi::xml_node channel, const Feed& feed, const WriteOptions& options) {
  // Title, link and description are required of a channel (RSS 2.0, "Required channel elements").
  const std::string title = feed.title.empty() ? "Untitled" : feed.title;
  add_line(channel, "title", title);
  add_text(channel, "link", feed.home_page_url.empty() ? feed.feed_url : feed.home_page_url);
  add_line(channel, "description", feed.description.empty() ? title : feed.description);
  add_text(channel, "language", feed.language);
  add_line(channel, "copyright", feed.rights);
  add_text(channel, "creativeCommons:license", feed.licence);
  add_date(channel, "lastBuildDate", feed.updated);
  add_creators(channel, feed.authors);
  add_text(channel, "docs", "https://www.rssboard.org/rss-specification");
  add_text(channel, "generator", options.generator);
  if (feed.ttl_minutes > 0) add_text(channel, "ttl", std::to_string(feed.ttl_minutes));
  add_links(channel, feed);
  add_image(channel, feed);
  add_skips(channel, feed);
}

}  // namespace

std::string write_rss(const Feed& feed, const WriteOptions& options) {
  pugi::xml_document document;
  add_prolog(document, options.css_url);
  auto root = document.append_child("rss");
  root.append_attribute("version") = "2.0";
  root.append_attribute("xmlns:atom") = "http://www.w3.org/2005/Atom";
  root.append_attribute("xmlns:content") = "http://purl.org/rss/1.0/modules/content/";
  root.append_attribute("xmlns:dc") = "http://purl.org/dc/elements/1.1/";
  root.append_attribute("xmlns:media") = "http://search.yahoo.com/mrss/";
  root.append_attribute("xmlns:creativeCommons") = "http://backend.userland.com/creativeCommonsRssModule";
  root.append_attribute("xmlns:fh") = "http://purl.org/syndication/history/1.0";
  auto channel = root.append_child("channel");
  add_head(channel, feed, options);
  for (const auto& entry : feed.entries) add_item(channel, entry, feed);
  return to_string(document);
}

}  // namespace voice::feeds
