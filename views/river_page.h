// views/river_page.h - the front page, and every other page that is first of all a list of posts.
#pragma once
#include <string>
#include <vector>

#include "views/post_card.h"

namespace voice::views {

/// One feed that has brought nothing yet, on a hub that has no posts.
struct WaitingFeed {
  std::string blog;
  std::string url;
  std::string tried;   ///< "Tried 28 November 2026 at 5:48pm" or "Not tried yet"
  std::string reason;  ///< why it failed, in words; empty when it was not tried
};

/// Why there is nothing to read, and what to do.
struct EmptyRiver {
  std::string heading;
  std::string text;
  Link next;
  std::vector<WaitingFeed> feeds;
};

/// A short list beside the posts.
struct SideList {
  std::string heading;
  std::string text;
  std::vector<Link> links;
  bool as_topics = false;
};

/// A form that searches the posts of this page alone.
struct SearchWithin {
  std::string heading;      ///< "Search this blog"; empty: there is no form
  std::string name, value;  ///< what /search is asked besides the words
};

struct RiverPage {
  std::string heading;
  std::string intro;               ///< one sentence: what this page holds
  std::vector<Link> narrower;      ///< "Without weeknotes" and the like
  std::vector<PostCard> featured;  ///< with `why`
  std::vector<PostDay> days;
  EmptyRiver empty;  ///< shown where `heading` is not empty
  Pagination pagination;
  FeedLinks feeds;       ///< empty stem: this list has none
  std::string base_url;  ///< in front of feed addresses that people copy
  SearchWithin within;
  std::vector<SideList> side;
  bool marks_new = false;  ///< offers "new since your last visit"
};

Model model_of(const RiverPage& page);
/// The addresses of a view's feeds, to copy; false where it has none.
Model follow_model(const FeedLinks& feeds, const std::string& base_url);
Model side_model(const std::vector<SideList>& side);
Model model_of(const EmptyRiver& empty);
Model model_of(const SearchWithin& within);  ///< `{{#within}}`

}  // namespace voice::views
