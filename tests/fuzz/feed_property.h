// tests/fuzz/feed_property.h - what must hold of any document that is read as a feed, whatever its format.
#pragma once
#include <string>
#include <string_view>

#include "base/text.h"
#include "feeds/document.h"
#include "feeds/write.h"
#include "property.h"

namespace voice::fuzz {

using Writer = std::string (*)(const feeds::Feed&, const feeds::WriteOptions&);

/// RSS says names and not mail addresses, so who is known by mail alone is not passed on.
inline void forget_mail_authors(feeds::Feed& feed) {
  const auto nameless = [](const feeds::Person& p) { return p.name.empty() && p.url.empty(); };
  std::erase_if(feed.authors, nameless);
  for (auto& entry : feed.entries) std::erase_if(entry.authors, nameless);
}

/// The document is read or refused; what is read can be written with `write`, is valid UTF-8 and is read back; and from
/// there on, writing and reading changes nothing.
inline void check_feed(std::string_view input, Writer write) {
  const auto feed = feeds::read_document({.bytes = input, .url = "https://example.org/feed", .content_type = ""});
  if (!feed) return;
  const auto written = write(*feed, {});
  property(is_valid_utf8(written), "valid UTF-8");
  auto once = feeds::read_document({.bytes = written, .url = "https://example.org/feed", .content_type = ""});
  property(once.ok(), "what we write can be read");
  property(once->well_formed, "what we write is well-formed");
  property(once->entries.size() == feed->entries.size(), "no entry is lost or made up");
  const auto second = write(*once, {});
  auto twice = feeds::read_document({.bytes = second, .url = "https://example.org/feed", .content_type = ""});
  property(twice.ok(), "what we write of that can be read");
  forget_mail_authors(*once);
  forget_mail_authors(*twice);
  property(*twice == *once, "reading what we write changes nothing");
}

}  // namespace voice::fuzz
