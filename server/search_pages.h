// server/search_pages.h - search and conversations.
#pragma once
#include "server/listing.h"
#include "server/response.h"
#include "store/search.h"

namespace voice::server {

Response search_page(const Request& request, const Site& site, store::Reader& db);
Response conversations_page(const Request& request, const Site& site, store::Reader& db);
Response conversation_page(const Request& request, const Site& site, store::Reader& db);

/// A search as its address asks for it: q, blog, organisation, topic, person (by slug), language, year. What names nothing we
/// have is left out.
store::SearchQuery read_search(store::Reader& db, const Fields& query);
/// The address's part after "/search" that belongs to the search, in one order, without page numbers.
std::string search_query_text(const Fields& query);

}  // namespace voice::server
