#include "feeds/document.h"

#include <array>

#include "base/text.h"
#include "feeds/charset.h"
#include "feeds/json_feed.h"
#include "feeds/xml.h"
#include "feeds/xml_feed.h"

namespace voice::feeds {
namespace {

// Text that begins as HTML does and has no feed in it. Said before any parsing: a web page is the commonest mistake.
bool is_web_page(std::string_view text) {
  const bool html = equals_ignoring_case(first_element(text), "html") ||
                    find_ignoring_case(prolog_of(text), "<!doctype html") != std::string_view::npos;
  return html && !looks_like_feed(text);
}

Result<Feed> read_xml_feed(std::string text, const std::string& url) {
  XmlTree tree;
  // XHTML content will need the spaces; looking for it here saves reading the document twice.
  constexpr std::size_t kXhtmlShowsWithin = 8192;
  const bool xhtml = std::string_view(text).substr(0, kXhtmlShowsWithin).find("xhtml") != std::string_view::npos;
  auto read = read_xml(std::move(text), xhtml ? Spaces::keep : Spaces::drop_between_elements, tree);
  if (!read) return read.error();
  auto found = feed_from_xml(tree, url);
  if (!found) return found.error();
  if (found->needs_spaces && !xhtml) {
    XmlTree spaced;
    read = read_xml(std::move(tree.source), Spaces::keep, spaced);
    if (read) found = feed_from_xml(spaced, url);
  }
  auto feed = std::move((*found).feed);
  feed.well_formed = feed.well_formed && tree.well_formed;
  feed.warnings.insert(feed.warnings.begin(), tree.warnings.begin(), tree.warnings.end());
  return feed;
}

}  // namespace

Result<Feed> read_document(const Document& document) {
  auto decoded = to_utf8(document.bytes, document.content_type);
  if (trim(decoded.text).empty())
    return Error{ErrorCode::unsupported, "the document is empty; the address answers, but with nothing in it"};
  if (is_web_page(decoded.text))
    return Error{ErrorCode::unsupported, "this is a web page, not a feed; look for the address of its feed"};
  auto feed = looks_like_json(decoded.text) ? feed_from_json(decoded.text, document.url)
                                            : read_xml_feed(std::move(decoded.text), document.url);
  if (!feed) return feed;
  feed->encoding = std::move(decoded.encoding);
  feed->well_formed = feed->well_formed && decoded.clean;
  feed->warnings.insert(feed->warnings.begin(), decoded.warnings.begin(), decoded.warnings.end());
  return feed;
}

bool looks_like_feed(std::string_view first_bytes) {
  auto head = std::string(first_bytes.substr(0, 4096));
  std::erase(head, '\0');  // UTF-16 and UTF-32 keep ASCII's bytes
  static constexpr std::array<std::string_view, 10> kMarks = {
      "<rss",       "<feed",  "<rdf:rdf", "purl.org/rss/1.0",     "<channel",
      "<atom:feed", ":feed ", "<item",    "jsonfeed.org/version", "my.netscape.com/rdf"};
  for (const auto mark : kMarks)
    if (find_ignoring_case(head, mark) != std::string_view::npos) return true;
  return false;
}

}  // namespace voice::feeds
