#include "app/parse_command.h"

#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>

#include "app/hub_files.h"
#include "base/time.h"
#include "content/excerpt.h"
#include "content/sanitizer.h"
#include "feeds/document.h"

namespace voice::app {
namespace {

using Json = nlohmann::ordered_json;

void put(Json& object, const char* name, const std::string& text) {
  if (!text.empty()) object[name] = text;
}

void put(Json& object, const char* name, const std::optional<sys_seconds>& date) {
  if (date) object[name] = rfc3339(*date);
}

void put(Json& object, const char* name, std::int64_t number) {
  if (number != 0) object[name] = number;
}

void put(Json& object, const char* name, Json value) {
  if (!value.empty()) object[name] = std::move(value);
}

Json people(const std::vector<feeds::Person>& persons) {
  Json list = Json::array();
  for (const auto& person : persons) {
    Json one = Json::object();
    put(one, "name", person.name);
    put(one, "url", person.url);
    put(one, "email", person.email);
    list.push_back(std::move(one));
  }
  return list;
}

Json attachments(const std::vector<feeds::Enclosure>& enclosures) {
  Json list = Json::array();
  for (const auto& enclosure : enclosures) {
    Json one = {{"url", enclosure.url}};
    put(one, "mime_type", enclosure.mime_type);
    put(one, "size_in_bytes", enclosure.size_in_bytes);
    put(one, "title", enclosure.title);
    put(one, "duration_in_seconds", enclosure.duration_in_seconds);
    list.push_back(std::move(one));
  }
  return list;
}

// An item must have an id (JSON Feed 1.1): the address, or its place in the document.
std::string id_of(const feeds::Entry& entry, std::size_t place) {
  if (!entry.id.empty()) return entry.id;
  return entry.url.empty() ? "entry-" + std::to_string(place) : entry.url;
}

Json item(const feeds::Entry& entry, std::size_t place) {
  Json object = {{"id", id_of(entry, place)}};
  put(object, "url", entry.url);
  put(object, "external_url", entry.external_url);
  put(object, "title", entry.title);
  put(object, "content_html", content::sanitize(entry.content_html, entry.base()).text());
  put(object, "content_text", entry.content_text);
  put(object, "summary", content::plain_text(content::sanitize(entry.summary_html, entry.base())));
  put(object, "image", entry.image);
  put(object, "date_published", entry.published);
  put(object, "date_modified", entry.updated);
  put(object, "authors", people(entry.authors));
  put(object, "tags", Json(entry.tags));
  put(object, "language", entry.language);
  put(object, "attachments", attachments(entry.enclosures));
  return object;
}

Json extension(const feeds::Feed& feed) {
  Json object = {
      {"format", feeds::name_of(feed.format)}, {"encoding", feed.encoding}, {"well_formed", feed.well_formed}};
  object["warnings"] = feed.warnings;
  if (!feed.hubs.empty()) object["hub"] = feed.hubs.front();
  put(object, "self", feed.feed_url);
  put(object, "next_page", feed.next_page);
  put(object, "ttl_minutes", feed.ttl_minutes);
  return object;
}

Json to_json(const feeds::Feed& feed) {
  Json object = {{"version", "https://jsonfeed.org/version/1.1"}};
  put(object, "title", feed.title);
  put(object, "home_page_url", feed.home_page_url);
  put(object, "feed_url", feed.feed_url);
  put(object, "description", feed.description);
  put(object, "language", feed.language);
  put(object, "icon", feed.icon);
  put(object, "favicon", feed.favicon);
  put(object, "authors", people(feed.authors));
  object["_voice"] = extension(feed);
  object["items"] = Json::array();
  for (std::size_t i = 0; i < feed.entries.size(); ++i) object["items"].push_back(item(feed.entries[i], i));
  return object;
}

}  // namespace

std::string parsed_feed_json(const std::string& bytes, const ParseOptions& options, std::string& why_not) {
  const auto feed = feeds::read_document({.bytes = bytes, .url = options.url, .content_type = options.content_type});
  if (!feed) {
    why_not = feed.error().what;
    return {};
  }
  return to_json(*feed).dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

int parse_command(const ParseOptions& options) {
  const auto bytes = read_file(options.file);
  if (!bytes) return fail_with(bytes.error(), 3);
  std::string why_not;
  const auto json = parsed_feed_json(*bytes, options, why_not);
  if (json.empty()) {
    std::cerr << "voice parse: " << why_not << "\n";
    return 2;
  }
  std::cout << json;
  return 0;
}

}  // namespace voice::app
