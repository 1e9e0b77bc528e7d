// views/index_page.h - a page that leads to others: topics, people, organisations, the archive.
#pragma once
#include <string>
#include <vector>

#include "views/river_page.h"

namespace voice::views {

struct IndexItem {
  std::string text;
  std::string url;   ///< empty: named, but there is no page
  std::string note;  ///< "12 posts, last on 3 May 2025"
  std::string language;
};

struct IndexGroup {
  std::string heading;  ///< empty: the only group
  std::string id;       ///< to jump to; may be empty
  std::vector<IndexItem> items;
};

struct IndexPage {
  std::string heading;
  std::string intro;
  std::vector<Link> jumps;  ///< to groups: "A", "B" ...
  std::vector<IndexGroup> groups;
  EmptyRiver empty;
  Pagination pagination;
  FeedLinks feeds;
  std::string base_url;
};
Model model_of(const IndexPage& page);

/// The members: a table that can be sorted and narrowed by links and a form, without script.
struct DirectoryPage {
  std::string heading;
  std::string intro;
  SelectField nation, kind, state;
  std::string sort;  ///< kept by the form
  struct Column {
    std::string text, url;
    std::string sorted;  ///< "ascending", "descending" or empty
    bool number = false;
  };
  std::vector<Column> columns;
  struct Row {
    std::string title, url, icon_url, writer, organisation, organisation_url, kind, last_post, last_post_iso, posts,
        language;
    Tag state;
  };
  std::vector<Row> rows;
  std::string count;     ///< "12 blogs"
  std::string opml_url;  ///< the same blogs as a list for feed readers; empty: there are none
  Pagination pagination;
};
Model model_of(const DirectoryPage& page);

}  // namespace voice::views
