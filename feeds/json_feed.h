// feeds/json_feed.h - JSON Feed 1.0 and 1.1 become a Feed. Private to this room.
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"
#include "feeds/feed.h"

namespace voice::feeds {

/// Whether text is JSON rather than XML, by its first character.
bool looks_like_json(std::string_view text);

/// Errors: unsupported (JSON, but no feed), malformed (no JSON), too_large.
Result<Feed> feed_from_json(std::string_view text, const std::string& document_url);

}  // namespace voice::feeds
