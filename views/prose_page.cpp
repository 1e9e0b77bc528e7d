#include "views/prose_page.h"

namespace voice::views {

Model model_of(const ProsePage& page) {
  return Model::Object{{"hub_name", page.site},
                       {"hub_url", page.base_url},
                       {"hub_email", shown_if(page.contact_email)},
                       {"summary_rows", summary_list(page.facts)}};
}

Model model_of(const SubscribePage& page) {
  return Model::Object{
      {"hub_name", page.site},
      {"hub_url", page.base_url},
      {"hub_addresses",
       each(page.river,
            [](const SubscribePage::Address& a) {
              return Model::Object{{"address_id", a.id}, {"address_label", a.label}, {"address_url", a.url}};
            })},
      {"hub_topics", page.topics.empty()
                         ? Model(false)
                         : Model(Model::Object{
                               {"topic_rows", each(page.topics,
                                                   [](const SubscribePage::View& v) {
                                                     return Model::Object{{"view_name", v.name}, {"view_path", v.path}};
                                                   })}})},
      {"hub_opml", page.opml_url}};
}

Model model_of(const MissingPage& page) {
  return Model::Object{{"missing_heading", page.heading},
                       {"missing_advice", page.advice},
                       {"missing_reference", shown_if(page.reference)},
                       {"missing_search", page.offers_search}};
}

}  // namespace voice::views
