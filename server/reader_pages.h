// server/reader_pages.h - the pages for readers. Each is a read handler (server/router.h); none needs an account.
#pragma once
#include <string>
#include <vector>

#include "server/listing.h"
#include "server/response.h"
#include "server/site.h"
#include "store/db.h"
#include "views/index_page.h"
#include "views/post_card.h"
#include "views/river_page.h"

namespace voice::server {

Response river_page(const Request& request, const Site& site, store::Reader& db);
Response blog_page(const Request& request, const Site& site, store::Reader& db);
Response directory_page(const Request& request, const Site& site, store::Reader& db);
Response post_page(const Request& request, const Site& site, store::Reader& db);
Response random_page(const Request& request, const Site& site, store::Reader& db);
Response topics_page(const Request& request, const Site& site, store::Reader& db);
Response topic_page(const Request& request, const Site& site, store::Reader& db);
Response people_page(const Request& request, const Site& site, store::Reader& db);
Response person_page(const Request& request, const Site& site, store::Reader& db);
Response organisations_page(const Request& request, const Site& site, store::Reader& db);
Response organisation_page(const Request& request, const Site& site, store::Reader& db);
Response featured_page(const Request& request, const Site& site, store::Reader& db);
Response archive_page(const Request& request, const Site& site, store::Reader& db);
/// "/2025", "/2025/06" and "/2025/06/20". Not a route: it would stand in the way of every other address of one to three
/// parts, so it is asked last.
Response dated_page(const Request& request, const Site& site, store::Reader& db);

/// One page of a listing: its posts, their cards, and the way to older ones.
struct ListingPage {
  std::vector<store::RiverEntry> entries;
  std::vector<views::PostCard> cards;
  views::Pagination pagination;
  bool is_first = true;
  std::string place;             ///< "before 12 May 2026, 3:04pm"; empty on the first page
  bool is_past_the_end = false;  ///< the cursor leads nowhere: the reader is sent to the first page
};
constexpr int kPostsPerPage = 30;
ListingPage listing_page(store::Reader& db, const Listing& listing, const Request& request, sys_seconds now,
                         const views::CardContext& context);

/// A page that lists where to go on, before it has anything in it.
views::IndexPage empty_index(const Site& site, std::string heading, std::string intro);

/// What a page of this kind says around itself; a signed-in reader's name included.
views::PageHead head_of(const Request& request, std::string title, std::string description, std::string section);
/// The page as an answer. Throws std::logic_error where the hub was started without pages.
Response page(const Site& site, const views::PageHead& head, std::string_view name, const views::Model& model,
              int status = 200);

}  // namespace voice::server
