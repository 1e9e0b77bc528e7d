// content/sanitizer.h - a stranger's HTML becomes a fragment that is safe in our pages and still says the same.
#pragma once
#include <string_view>

#include "content/safe_html.h"

namespace voice::content {

/// Sanitises one fragment of UTF-8 HTML. `base_url` (may be empty) is what relative addresses are resolved against.
/// Never fails: what cannot be made safe within the budget comes back as its text. A fixed point: sanitising the result
/// again, with any base, changes nothing.
SafeHtml sanitize(std::string_view html, std::string_view base_url);

}  // namespace voice::content
