// fetcher/entry_body.h - what of an entry is shown and stored.
#pragma once
#include <string_view>

#include "content/safe_html.h"
#include "feeds/feed.h"

namespace voice::fetcher {

/// The entry's content, else its summary, else its plain text with a paragraph for each of the text's; addresses in it are
/// resolved against what the entry says, else against its own address, else against the feed's.
content::SafeHtml body_of(const feeds::Entry& entry, std::string_view feed_url);

}  // namespace voice::fetcher
