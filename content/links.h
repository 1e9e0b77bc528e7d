// content/links.h - which pages a post points at, for conversations between posts.
#pragma once
#include <string>
#include <vector>

#include "content/safe_html.h"

namespace voice::content {

struct Link {
  std::string url;   ///< absolute, http or https
  std::string text;  ///< what the reader sees, on one line; may be empty (a picture)
};

/// Every link of the post in document order, repeated ones included.
std::vector<Link> links_of(const SafeHtml& html);

}  // namespace voice::content
