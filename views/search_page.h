// views/search_page.h - words, what they are narrowed by, and the posts found.
#pragma once
#include <string>
#include <vector>

#include "store/search.h"
#include "views/post_card.h"
#include "views/river_page.h"

namespace voice::views {

/// Text with what was searched for in `<mark>`.
Markup marked(const std::vector<store::TextPiece>& pieces);

struct SearchView {
  std::string heading;  ///< "Search", or "12 posts about data"
  std::string words;    ///< as typed
  SelectField organisation, topic, language, year;
  struct Narrowed {
    std::string text;         ///< "In the blog Ann's notes"
    std::string name, value;  ///< kept by the form
    std::string without_url;  ///< the same search without it
  };
  std::vector<Narrowed> narrowed;
  std::string order_kept;  ///< the value of "order" that the form keeps; empty: the usual order
  std::string status;      ///< "More than 250 posts", "Nothing found"
  Link other_order;        ///< beside it: the same search, newest or best first; empty text: none
  std::vector<PostCard> posts;
  std::string end_text;  ///< after the last posts that are put in order by fit: there are more; empty: there are none
  Link beyond_the_end;
  std::vector<Link> suggestions;  ///< fewer filters, where nothing was found
  bool asks = false;              ///< nothing has been typed yet
  Pagination pagination;
  FeedLinks feeds;
  std::string base_url;
};
Model model_of(const SearchView& page);

}  // namespace voice::views
