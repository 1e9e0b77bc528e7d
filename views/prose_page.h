// views/prose_page.h - pages that explain: about, privacy, accessibility, cookies, our fetcher, how to subscribe.
//
// Their words are in the templates; what changes with the hub (its name, settings, figures) comes in here.
#pragma once
#include <string>
#include <vector>

#include "views/forms.h"
#include "views/page.h"

namespace voice::views {

struct ProsePage {
  std::string site;  ///< the hub's name
  std::string base_url;
  std::string contact_email;  ///< empty: none is set
  std::vector<SummaryRow> facts;
};
Model model_of(const ProsePage& page);

struct SubscribePage {
  std::string site;
  std::string base_url;
  struct Address {
    std::string id, label, url;
  };
  std::vector<Address> river;  ///< the whole river in each format
  struct View {
    std::string name;
    std::string path;  ///< of its page; its feed is there with .atom
  };
  std::vector<View> topics;
  std::string opml_url;
};
Model model_of(const SubscribePage& page);

struct MissingPage {
  std::string heading;
  std::string advice;
  std::string reference;
  bool offers_search = false;
};
Model model_of(const MissingPage& page);

}  // namespace voice::views
