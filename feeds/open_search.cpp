#include "feeds/open_search.h"

#include "base/text.h"
#include "feeds/xml_writer.h"

namespace voice::feeds {
namespace {

constexpr std::size_t kLongestShortName = 16;

/// Cut between words, so that "LocalGov Digital Voice" becomes "LocalGov Digital".
std::string short_name_of(const std::string& name) {
  if (name.size() <= kLongestShortName) return name;
  auto cut = utf8_prefix(name, kLongestShortName);
  if (name[cut.size()] == ' ') return std::string(cut);
  if (const auto space = cut.rfind(' '); space != std::string_view::npos) cut = cut.substr(0, space);
  return std::string(cut);
}

void add_url(pugi::xml_node parent, const char* type, const char* rel, const std::string& address) {
  if (address.empty()) return;
  auto url = parent.append_child("Url");
  set_attribute(url, "type", type);
  set_attribute(url, "rel", rel);
  set_attribute(url, "template", address);
}

}  // namespace

std::string write_search_description(const SearchDescription& search) {
  pugi::xml_document document;
  add_prolog(document, "");
  auto root = document.append_child("OpenSearchDescription");
  root.append_attribute("xmlns") = "http://a9.com/-/spec/opensearch/1.1/";
  add_text(root, "ShortName", short_name_of(search.short_name));
  add_text(root, "Description", search.description);
  add_text(root, "InputEncoding", "UTF-8");
  add_text(root, "Image", search.icon);
  add_url(root, "text/html", "results", search.page_template);
  add_url(root, "application/atom+xml", "results", search.feed_template);
  add_url(root, "application/opensearchdescription+xml", "self", search.self);
  return to_string(document);
}

}  // namespace voice::feeds
