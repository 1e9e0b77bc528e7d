// server/search_pages.h - search: what an address asks for, and the page of what was found.
#pragma once
#include <string>
#include <vector>

#include "server/listing.h"
#include "server/response.h"
#include "store/search.h"

namespace voice::server {

Response search_page(const Request& request, const Site& site, store::Reader& db);

/// A filter of the address that names nothing we have.
struct UnknownFilter {
  std::string name;   ///< "blog"
  std::string words;  ///< "there is no blog called “ann” here", to go on with
};

struct SearchAsked {
  store::SearchQuery query;
  std::string narrowed_to;  ///< what the filters say, to go on with: " by Ann Lee in Welsh"; empty without any
  std::vector<UnknownFilter>
      unknown;  ///< where there are any, nothing is to be found: a filter must never widen a search
};

/// A search as its address asks for it: q, blog, organisation, topic, person (by slug), language, year. An empty filter is
/// none, and typing without a letter or digit is no words.
SearchAsked read_search(store::Reader& db, const Fields& query);
/// The address's part after "/search" that belongs to the search, in one order, without page numbers.
std::string search_query_text(const Fields& query);

}  // namespace voice::server
