#include <nlohmann/json.hpp>

#include "base/time.h"
#include "feeds/clean.h"
#include "feeds/markup.h"
#include "feeds/write.h"

namespace voice::feeds {
namespace {

using Json = nlohmann::ordered_json;

void put(Json& object, const char* name, const std::string& text) {
  if (!text.empty()) object[name] = xml_clean(text);
}

void put(Json& object, const char* name, std::int64_t number) {
  if (number != 0) object[name] = number;
}

void put(Json& object, const char* name, const std::optional<sys_seconds>& date) {
  if (date) object[name] = rfc3339(*date);
}

void put(Json& object, const char* name, Json value) {
  if (!value.empty()) object[name] = std::move(value);
}

Json people(const std::vector<Person>& persons) {
  Json list = Json::array();
  for (const auto& person : persons) {
    Json one = Json::object();
    put(one, "name", person.name);
    put(one, "url", !person.url.empty() || person.email.empty() ? person.url : "mailto:" + person.email);
    if (!one.empty()) list.push_back(std::move(one));
  }
  return list;
}

Json attachments(const std::vector<Enclosure>& enclosures) {
  Json list = Json::array();
  for (const auto& enclosure : enclosures) {
    Json one = {{"url", xml_clean(enclosure.url)}};
    one["mime_type"] = enclosure.mime_type.empty() ? "application/octet-stream" : xml_clean(enclosure.mime_type);
    put(one, "title", enclosure.title);
    put(one, "size_in_bytes", enclosure.size_in_bytes);
    put(one, "duration_in_seconds", enclosure.duration_in_seconds);
    list.push_back(std::move(one));
  }
  return list;
}

Json source(const Source& from) {
  Json object = Json::object();
  put(object, "id", from.id);
  put(object, "title", from.title);
  put(object, "feed_url", from.feed_url);
  put(object, "home_page_url", from.home_page_url);
  put(object, "rights", from.rights);
  put(object, "updated", from.updated);
  return object;
}

Json extension(const Entry& entry) {
  Json object = Json::object();
  if (entry.source) object["source"] = source(*entry.source);
  put(object, "comments_url", entry.comments_url);
  put(object, "rights", entry.rights);
  put(object, "licence", entry.licence);
  put(object, "base_url", entry.base_url);
  return object;
}

Json item(const Entry& entry, const Feed& feed) {
  Json object = {{"id", xml_clean(entry.id.empty() ? entry.url : entry.id)}};
  put(object, "url", entry.url);
  put(object, "external_url", entry.external_url);
  put(object, "title", entry.title);
  put(object, "content_html", entry.content_html);
  put(object, "content_text", entry.content_text);
  if (entry.content_html.empty() && entry.content_text.empty()) {
    // One of the two must be there. An item that is only a summary is its content.
    object[entry.summary_html.empty() ? "content_text" : "content_html"] = xml_clean(entry.summary_html);
  } else {
    put(object, "summary", line_of_html(entry.summary_html));  // plain text by the standard
  }
  put(object, "image", entry.image);
  put(object, "date_published", entry.published);
  put(object, "date_modified", entry.updated);
  put(object, "authors", people(entry.authors));
  Json tags = Json::array();
  for (const auto& tag : entry.tags) tags.push_back(xml_clean(tag));
  put(object, "tags", std::move(tags));
  if (entry.language != feed.language) put(object, "language", entry.language);
  put(object, "attachments", attachments(entry.enclosures));
  put(object, "_voice", extension(entry));
  return object;
}

Json extension(const Feed& feed) {
  Json object = Json::object();
  put(object, "id", feed.id);
  put(object, "rights", feed.rights);
  put(object, "licence", feed.licence);
  put(object, "updated", feed.updated);
  put(object, "ttl_minutes", feed.ttl_minutes);
  put(object, "current", feed.current);
  put(object, "prev_archive", feed.prev_archive);
  put(object, "next_archive", feed.next_archive);
  return object;
}

}  // namespace

std::string write_json_feed(const Feed& feed, const WriteOptions&) {
  Json object = {{"version", "https://jsonfeed.org/version/1.1"}};
  object["title"] = xml_clean(feed.title.empty() ? "Untitled" : feed.title);
  put(object, "home_page_url", feed.home_page_url);
  put(object, "feed_url", feed.feed_url);
  put(object, "description", feed.description);
  put(object, "next_url", feed.next_page);
  put(object, "icon", feed.icon);
  put(object, "favicon", feed.favicon);
  put(object, "authors", people(feed.authors));
  put(object, "language", feed.language);
  Json hubs = Json::array();
  for (const auto& hub : feed.hubs) hubs.push_back({{"type", "WebSub"}, {"url", xml_clean(hub)}});
  put(object, "hubs", std::move(hubs));
  put(object, "_voice", extension(feed));
  object["items"] = Json::array();
  for (const auto& entry : feed.entries) object["items"].push_back(item(entry, feed));
  return object.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace voice::feeds
