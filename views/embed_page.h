// views/embed_page.h - a short list of posts for somebody else's page, such as a council's intranet.
#pragma once
#include <string>
#include <vector>

#include "views/model.h"

namespace voice::views {

struct EmbedItem {
  std::string title;
  std::string url;  ///< the original
  std::string blog;
  std::string date;  ///< in words
  std::string iso;
  std::string language;   ///< empty: the page's
  std::string direction;  ///< "rtl" or empty
};

struct EmbedPage {
  std::string title;  ///< of the view
  std::string url;    ///< its page here, absolute
  std::string site;
  std::string home;  ///< absolute
  std::string css;
  std::string dark_css;
  std::vector<EmbedItem> items;
};

Model model_of(const EmbedPage& page);

}  // namespace voice::views
