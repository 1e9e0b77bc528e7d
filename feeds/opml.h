// feeds/opml.h - lists of feeds as people move them between readers (OPML 1.0, 1.1 and 2.0).
//
// Exports found in the wild nest, forget `type`, spell xmlUrl as url, xmlurl or XMLURL, and are often not well-formed; the
// words matter more than their spelling, so we read all of these and write only what the specification names.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace voice::feeds {

struct Outline {
  std::string text;
  std::string title;
  std::string type;     ///< "rss" for feeds; empty for groups
  std::string xml_url;  ///< as written, trimmed
  std::string html_url;
  std::string description;
  std::string language;
  std::string category;
  std::vector<Outline> children;
  friend bool operator==(const Outline&, const Outline&) = default;
};

struct OutlineList {
  std::string title;
  std::string owner_name;
  std::string owner_id;  ///< an address
  std::optional<sys_seconds> created;
  std::optional<sys_seconds> modified;
  std::vector<Outline> outlines;
  friend bool operator==(const OutlineList&, const OutlineList&) = default;
};

/// Reads an outline list in any encoding. Groups nested deeper than 32 are flattened into their 32nd ancestor.
/// Errors: unsupported (not OPML), malformed (broken beyond recovery), too_large.
Result<OutlineList> read_opml(std::string_view bytes);

/// OPML 2.0. Every outline gets a `text`: its title or address where it has none.
std::string write_opml(const OutlineList& list);

/// The feeds of a list in document order, without the groups.
std::vector<Outline> feeds_of(const OutlineList& list);

}  // namespace voice::feeds
