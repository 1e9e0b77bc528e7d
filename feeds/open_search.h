// feeds/open_search.h - tells browsers and readers how to search a site (OpenSearch 1.1).
#pragma once
#include <string>

namespace voice::feeds {

struct SearchDescription {
  std::string short_name;  ///< at most 16 characters are written
  std::string description;
  std::string page_template;  ///< absolute, with "{searchTerms}"
  std::string feed_template;  ///< the same as Atom; left out where empty
  std::string self;           ///< where this document is
  std::string icon;           ///< absolute; left out where empty
};

std::string write_search_description(const SearchDescription& search);

}  // namespace voice::feeds
