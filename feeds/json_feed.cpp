#include "feeds/json_feed.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "base/url.h"
#include "feeds/clean.h"
#include "feeds/date.h"
#include "feeds/limits.h"
#include "feeds/markup.h"
#include "feeds/media_types.h"
#include "feeds/people.h"
#include "feeds/scope.h"

namespace voice::feeds {
namespace {

using Json = nlohmann::json;

struct Shape {
  int depth = 0;
  std::size_t values = 0;
};

// How deep and how many, before a tree is built of it.
Shape shape_of(std::string_view text) {
  Shape shape;
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\')
        ++i;
      else if (c == '"')
        in_string = false;
      continue;
    }
    if (c == '"') in_string = true;
    if (c == '[' || c == '{') shape.depth = std::max(shape.depth, ++depth);
    if (c == ']' || c == '}') --depth;
    if (c == '[' || c == '{' || c == ',') ++shape.values;
  }
  return shape;
}

// The two mistakes of programs that glue JSON together: line breaks inside strings, and a comma before the end.
std::string mended(std::string_view text) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  out.reserve(text.size() + 64);
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const auto b = static_cast<unsigned char>(c);
    if (in_string && b < 0x20) {
      out += "\\u00";
      out += kDigits[b >> 4U];
      out += kDigits[b & 15U];
      continue;
    }
    if (!in_string && (c == ']' || c == '}')) {
      const auto last = out.find_last_not_of(" \t\r\n");
      if (last != std::string::npos && out[last] == ',') out.erase(last, 1);
    }
    out += c;
    if (in_string && c == '\\' && i + 1 < text.size())
      out += text[++i];
    else if (c == '"')
      in_string = !in_string;
  }
  return out;
}

class JsonFeedReader {
 public:
  explicit JsonFeedReader(std::string url) : base_(std::move(url)) {}

  Feed read(const Json& root) {
    feed_.format = line(root, "version").find("/1.1") != std::string::npos ? Format::json11 : Format::json10;
    feed_.title = line(root, "title");
    feed_.home_page_url = address(root, "home_page_url");
    feed_.feed_url = address(root, "feed_url");
    feed_.description = line(root, "description");
    feed_.next_page = address(root, "next_url");
    feed_.icon = address(root, "icon");
    feed_.favicon = address(root, "favicon");
    feed_.language = line(root, "language");
    feed_.authors = people(root);
    for (const auto& hub : list(root, "hubs"))
      if (auto url = address(hub, "url"); !url.empty()) feed_.hubs.push_back(std::move(url));
    extension(member(root, "_voice"));
    for (const auto& item : list(root, "items"))
      if (item.is_object() && has_room(feed_)) feed_.entries.push_back(entry(item));
    return std::move(feed_);
  }

 private:
  static const Json& member(const Json& object, const char* name) {
    static const Json kNothing;
    if (!object.is_object()) return kNothing;
    if (const auto found = object.find(name); found != object.end()) return *found;
    for (const auto& [key, value] : object.items())
      if (equals_ignoring_case(key, name)) return value;
    return kNothing;
  }
  static const Json& list(const Json& object, const char* name) {
    static const Json kEmpty = Json::array();
    const auto& value = member(object, name);
    return value.is_array() ? value : kEmpty;
  }
  // Strings are asked for; numbers are what some programs write for ids, and mean themselves.
  static std::string text_of(const Json& value) {
    if (value.is_string()) return xml_clean(value.get_ref<const std::string&>());
    return value.is_number() ? value.dump() : std::string();
  }
  static std::string text(const Json& object, const char* name) { return text_of(member(object, name)); }
  static std::string line(const Json& object, const char* name) { return collapse_space(text(object, name)); }
  std::string address(const Json& object, const char* name) const {
    const auto written = line(object, name);
    return written.empty() ? written : resolve_text(base_, written);
  }
  static std::int64_t number(const Json& object, const char* name) {
    const auto& value = member(object, name);
    if (value.is_number_integer()) return std::max<std::int64_t>(0, value.get<std::int64_t>());
    if (value.is_string()) return Scope::number(value.get_ref<const std::string&>());
    constexpr double kMost = 9e15;  // where a double stops being a whole number
    if (value.is_number_float() && value.get<double>() > 0 && value.get<double>() < kMost)
      return static_cast<std::int64_t>(value.get<double>());
    return 0;
  }
  std::optional<sys_seconds> date(const Json& object, const char* name) {
    const auto written = line(object, name);
    if (written.empty()) return std::nullopt;
    if (const auto read = parse_date(written)) return *read;
    const auto warning = "The date \"" + std::string(utf8_prefix(written, 60)) +
                         "\" cannot be read; JSON Feed dates look like 2024-02-29T09:00:00Z";
    if (feed_.warnings.empty()) feed_.warnings.push_back(warning);
    return std::nullopt;
  }

  void add_author(std::vector<Person>& found, const Json& value) const {
    Person person;
    if (value.is_string()) person = person_called(text_of(value));
    person.name = value.is_string() ? person.name : line(value, "name");
    auto url = line(value, "url");
    const bool mail = starts_with_ignoring_case(url, "mailto:");
    if (mail) person.email = url.substr(7);
    if (!url.empty()) person.url = mail ? url : resolve_text(base_, url);
    if (person.email.empty()) person.email = line(value, "email");
    add_person(found, std::move(person));
  }

  std::vector<Person> people(const Json& object) const {
    std::vector<Person> found;
    for (const auto& author : list(object, "authors")) add_author(found, author);
    if (found.empty()) add_author(found, member(object, "authors"));  // one, not in a list
    if (found.empty()) add_author(found, member(object, "author"));   // JSON Feed 1.0
    return found;
  }

  Entry entry(const Json& item) {
    Entry entry;
    entry.id = line(item, "id");
    entry.url = address(item, "url");
    entry.external_url = address(item, "external_url");
    entry.title = line(item, "title");
    entry.content_html = text(item, "content_html");
    entry.content_text = text(item, "content_text");
    entry.summary_html = html_of_text(text(item, "summary"));
    entry.image = address(item, "image");
    if (entry.image.empty()) entry.image = address(item, "banner_image");
    entry.published = date(item, "date_published");
    entry.updated = date(item, "date_modified");
    entry.authors = people(item);
    entry.language = line(item, "language");
    if (entry.language.empty()) entry.language = feed_.language;
    for (const auto& tag : list(item, "tags"))
      if (auto label = collapse_space(text_of(tag)); !label.empty()) entry.tags.push_back(std::move(label));
    for (const auto& attachment : list(item, "attachments")) add_attachment(entry, attachment);
    entry.base_url = base_;
    extension(entry, member(item, "_voice"));
    return entry;
  }

  void add_attachment(Entry& entry, const Json& attachment) const {
    Enclosure found;
    found.url = address(attachment, "url");
    if (found.url.empty()) return;
    found.mime_type = media_type_of(line(attachment, "mime_type"), found.url);
    found.title = line(attachment, "title");
    found.size_in_bytes = number(attachment, "size_in_bytes");
    found.duration_in_seconds = number(attachment, "duration_in_seconds");
    entry.enclosures.push_back(std::move(found));
  }

  // What write_json_feed puts beside the standard's own names.
  void extension(const Json& ours) {
    if (!ours.is_object()) return;
    feed_.id = line(ours, "id");
    feed_.rights = line(ours, "rights");
    feed_.licence = line(ours, "licence");
    feed_.updated = date(ours, "updated");
    feed_.ttl_minutes = number(ours, "ttl_minutes");
    feed_.current = address(ours, "current");
    feed_.prev_archive = address(ours, "prev_archive");
    feed_.next_archive = address(ours, "next_archive");
  }

  void extension(Entry& entry, const Json& ours) {
    if (!ours.is_object()) return;
    entry.comments_url = address(ours, "comments_url");
    entry.rights = line(ours, "rights");
    entry.licence = line(ours, "licence");
    if (auto base = address(ours, "base_url"); !base.empty()) entry.base_url = std::move(base);
    const auto& from = member(ours, "source");
    if (!from.is_object()) return;
    entry.source = Source{.id = line(from, "id"),
                          .title = line(from, "title"),
                          .feed_url = address(from, "feed_url"),
                          .home_page_url = address(from, "home_page_url"),
                          .rights = line(from, "rights"),
                          .updated = date(from, "updated")};
  }

  std::string base_;
  Feed feed_;
};

bool is_feed(const Json& root) {
  if (!root.is_object()) return false;
  const auto version = root.find("version");
  const bool named = version != root.end() && version->is_string() &&
                     version->get_ref<const std::string&>().find("jsonfeed") != std::string::npos;
  const auto items = root.find("items");
  return named || (items != root.end() && items->is_array() && root.contains("title"));
}

}  // namespace

bool looks_like_json(std::string_view text) {
  text = trim(text);
  return text.starts_with('{') || text.starts_with('[');
}

Result<Feed> feed_from_json(std::string_view text, const std::string& document_url) {
  constexpr int kDeepestJson = 64;
  if (text.size() > kLongestDocument)
    return Error{ErrorCode::too_large, "the document is larger than 64 MB, more than we read of any feed"};
  const auto shape = shape_of(text);
  if (shape.depth > kDeepestJson) return Error{ErrorCode::malformed, "the JSON is nested too deeply to be a feed"};
  if (shape.values > most_tags(text.size()))
    return Error{ErrorCode::too_large, "the JSON has far more values than a feed of its size"};
  auto root = Json::parse(text, nullptr, false);
  const bool well_formed = !root.is_discarded();
  if (!well_formed) root = Json::parse(mended(text), nullptr, false);
  if (root.is_discarded()) return Error{ErrorCode::malformed, "the JSON is broken; check it with a JSON validator"};
  if (!is_feed(root))
    return Error{ErrorCode::unsupported, "this is JSON but not a JSON Feed: it has no version and items"};
  auto feed = JsonFeedReader(document_url).read(root);
  feed.well_formed = well_formed;
  if (!well_formed) feed.warnings.emplace_back("The JSON has line breaks inside strings or a comma too many");
  return feed;
}

}  // namespace voice::feeds
