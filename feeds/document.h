// feeds/document.h - a stranger's bytes become a Feed, or one sentence on why not.
//
// Every format of the field goes through this one door, because the bytes themselves say what they are more reliably
// than file names and media types do. Broken XML is repaired rather than refused (feeds/repair.h): a blogger's
// unescaped ampersand is no reason to lose the blog. What was mended stands in Feed::warnings.
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"
#include "feeds/feed.h"

namespace voice::feeds {

struct Document {
  std::string_view bytes;    ///< as they came, any encoding; must outlive the call
  std::string url;           ///< where they came from: the base of relative addresses; may be empty
  std::string content_type;  ///< the HTTP header's value with its charset parameter; may be empty
};

/// Reads a feed in any format we know. Takes time linear in the size and memory of a small multiple of it.
/// Errors: unsupported (this is not a feed: a web page, nothing, other XML), malformed (broken beyond recovery),
/// too_large (over a limit of feeds/limits.h). The error's text is a sentence a blogger can act on.
Result<Feed> read_document(const Document& document);

/// Whether bytes that begin like this are worth reading as a feed. Looks at the first 4 KB, in any encoding that keeps
/// ASCII or is UTF-16; says true for broken feeds and false for web pages.
bool looks_like_feed(std::string_view first_bytes);

}  // namespace voice::feeds
