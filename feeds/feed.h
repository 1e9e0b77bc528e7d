// feeds/feed.h - what a feed says, whatever it was written in.
//
// Parsing only fills these values; which entry is which, what HTML is safe and what a reader sees is decided elsewhere.
// The same values are written out again (feeds/write.h), so what we read, rebroadcast and read back is one vocabulary.
// All text is valid UTF-8. Addresses are absolute where the document gave them a base. Empty means "not said".
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"

namespace voice::feeds {

enum class Format { rss20, rss09x, rss10, atom10, atom03, json11, json10, cdf };
const char* name_of(Format format);  ///< as in `_voice.format`: "rss20", "atom10", ...

struct Person {
  std::string name;
  std::string url;
  std::string email;
  friend bool operator==(const Person&, const Person&) = default;
};

struct Enclosure {
  std::string url;
  std::string mime_type;
  std::int64_t size_in_bytes = 0;  ///< 0: not said
  std::string title;
  std::int64_t duration_in_seconds = 0;  ///< 0: not said
  friend bool operator==(const Enclosure&, const Enclosure&) = default;
};

/// Where an entry that we pass on came from: atom:source, RSS <source>, `_voice.source` in JSON.
struct Source {
  std::string id;
  std::string title;
  std::string feed_url;
  std::string home_page_url;
  std::string rights;
  std::optional<sys_seconds> updated;
  friend bool operator==(const Source&, const Source&) = default;
};

struct Entry {
  std::string id;  ///< guid, atom:id, rdf:about: as written, never resolved
  bool id_is_permalink = false;
  std::string url;           ///< the page of the post
  std::string external_url;  ///< what a linked-list post is about (JSON Feed), or our own page on the way out
  std::string title;         ///< plain text
  std::string content_html;  ///< as it came: NOT safe; see content/sanitizer.h
  std::string content_text;  ///< plain text, where the feed offers that instead
  std::string summary_html;  ///< a description beside the content: NOT safe
  std::string base_url;      ///< what relative addresses in content_html are relative to, where the document says
  std::string image;
  std::string language;  ///< BCP 47, as inherited
  std::string comments_url;
  std::string rights;
  std::string licence;  ///< an address, from creativeCommons:license, cc:license or rel=license
  std::optional<sys_seconds> published;
  std::optional<sys_seconds> updated;
  std::vector<Person> authors;
  std::vector<std::string> tags;
  std::vector<Enclosure> enclosures;
  std::optional<Source> source;
  /// What relative addresses in its HTML are relative to: base_url, else the page of the post.
  const std::string& base() const { return base_url.empty() ? url : base_url; }
  friend bool operator==(const Entry&, const Entry&) = default;
};

struct Feed {
  Format format = Format::rss20;
  std::string encoding;  ///< WHATWG name of what the bytes were in, lower case
  bool well_formed = true;
  std::vector<std::string> warnings;  ///< sentences a blogger can act on

  std::string id;  ///< atom:id
  std::string title;
  std::string home_page_url;
  std::string feed_url;  ///< rel=self, as the document claims
  std::string description;
  std::string language;
  std::string icon;     ///< the larger picture; often a logo
  std::string favicon;  ///< the small one, where the feed has both
  std::string rights;
  std::string licence;
  std::vector<std::string> hubs;  ///< WebSub, rel=hub in document order
  std::string next_page;          ///< RFC 5005 or JSON Feed next_url
  std::string first_page;         ///< RFC 5005, section 3
  std::string prev_page;
  std::string last_page;
  std::string current;  ///< RFC 5005, section 4: the living feed an archive belongs to
  std::string prev_archive;
  std::string next_archive;
  std::string cloud_url;  ///< RSS <cloud>: "http://domain:port/path", empty if not http-post
  std::optional<sys_seconds> updated;
  std::vector<Person> authors;
  std::vector<Entry> entries;  ///< in document order

  std::int64_t ttl_minutes = 0;            ///< 0: not said; RSS ttl
  std::int64_t update_period_minutes = 0;  ///< sy:updatePeriod / sy:updateFrequency; 0: not said
  std::uint32_t skip_hours = 0;            ///< bit h set: not in UTC hour h (0 to 23)
  std::uint8_t skip_days = 0;              ///< bit d set: not on weekday d (0 is Sunday), UTC
  bool is_archive = false;                 ///< RFC 5005 fh:archive
  friend bool operator==(const Feed&, const Feed&) = default;
};

}  // namespace voice::feeds
