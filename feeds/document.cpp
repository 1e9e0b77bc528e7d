#include "feeds/document.h"

#include "base/text.h"
#include "feeds/charset.h"
#include "feeds/date.h"
#include "feeds/references.h"
#include "feeds/xml.h"

namespace voice::feeds {

Result<Feed> read_document(const Document& document) {
  XmlTree tree;
  const auto read = read_xml(to_utf8(document.bytes, document.content_type).text, Spaces::drop_between_elements, tree);
  if (!read) return read.error();
  Feed feed;
  const auto channel = tree.root().child("channel");
  if (!channel) return Error{ErrorCode::unsupported, "this is not a feed"};
  feed.title = decode_references(channel.child("title").text().get());
  feed.home_page_url = decode_references(channel.child("link").text().get());
  for (const auto& item : channel.children("item")) {
    Entry entry;
    entry.id = decode_references(item.child("guid").text().get());
    entry.title = decode_references(item.child("title").text().get());
    entry.url = decode_references(item.child("link").text().get());
    entry.content_html = decode_references(item.child("description").text().get());
    if (const auto date = parse_date(item.child("pubDate").text().get())) entry.published = *date;
    feed.entries.push_back(std::move(entry));
  }
  return feed;
}

bool looks_like_feed(std::string_view first_bytes) {
  const auto head = first_bytes.substr(0, 4096);
  for (const std::string_view mark : {"<rss", "<feed", "<rdf:RDF", "jsonfeed.org/version"})
    if (find_ignoring_case(head, mark) != std::string_view::npos) return true;
  return false;
}

}  // namespace voice::feeds
