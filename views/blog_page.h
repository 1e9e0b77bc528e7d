// views/blog_page.h - who writes a blog, how it is doing, and its posts.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "views/river_page.h"

namespace voice::views {

/// Posts a month, oldest first, as bars. Said in words beside it, because a picture alone tells a screen reader nothing.
struct ActivityChart {
  struct Month {
    std::string name;  ///< "May 2025"
    int posts = 0;
  };
  std::vector<Month> months;
};
Markup chart_svg(const ActivityChart& chart);
/// "41 posts in the last 24 months; most in May 2025 (6)".
std::string chart_words(const ActivityChart& chart);

struct BlogPage {
  std::string title;
  std::string description;
  std::string language;  ///< of title and description, where it is not English
  std::string home_url;
  std::string icon_url;    ///< ours; empty: it has none
  Tag state;               ///< "Live", "Quiet", "Silent", "Gone"
  std::string state_text;  ///< what that means, in a sentence
  std::vector<SummaryRow> facts;
  ActivityChart chart;
  std::string own_feed_url;
  std::vector<PostDay> days;
  EmptyRiver empty;
  Pagination pagination;
  FeedLinks feeds;
  std::string base_url;
  SearchWithin within;
};

Model model_of(const BlogPage& page);

}  // namespace voice::views
