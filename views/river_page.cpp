#include "views/river_page.h"

namespace voice::views {

Model follow_model(const FeedLinks& feeds, const std::string& base_url) {
  if (feeds.stem.empty()) return false;
  Model::List formats;
  const auto add = [&](const char* id, const char* name, const std::string& address) {
    formats.push_back(Model::Object{{"format_id", id}, {"format_name", name}, {"format_url", base_url + address}});
  };
  add("atom", "Atom feed", feeds.stem + ".atom" + feeds.query);
  add("rss", "RSS feed", feeds.stem + ".rss" + feeds.query);
  add("json", "JSON feed", feeds.stem + ".json" + feeds.query);
  if (!feeds.opml.empty()) add("opml", "OPML list of blogs", feeds.opml);
  return Model::Object{{"follow_formats", Model(std::move(formats))}};
}

Model model_of(const SearchWithin& within) {
  if (within.heading.empty()) return false;
  return Model::Object{
      {"within_heading", within.heading}, {"within_name", within.name}, {"within_value", within.value}};
}

Model side_model(const std::vector<SideList>& side) {
  return each(side, [](const SideList& list) {
    return Model::Object{{"side_heading", list.heading},
                         {"side_text", shown_if(list.text)},
                         {"side_class", list.as_topics ? "topics" : "plain"},
                         {"side_links", each(list.links, [](const Link& link) {
                            return Model::Object{{"side_link_text", link.text}, {"side_link_url", link.url}};
                          })}};
  });
}

Model model_of(const EmptyRiver& empty) {
  if (empty.heading.empty()) return false;
  const Model feeds = empty.feeds.empty()
                          ? Model(false)
                          : Model(Model::Object{{"waiting_feeds", each(empty.feeds, [](const WaitingFeed& f) {
                                                   return Model::Object{{"waiting_blog", f.blog},
                                                                        {"waiting_url", f.url},
                                                                        {"waiting_tried", f.tried},
                                                                        {"waiting_reason", shown_if(f.reason)}};
                                                 })}});
  return Model::Object{
      {"empty_heading", empty.heading},
      {"empty_text", empty.text},
      {"empty_next", empty.next.text.empty() ? Model(false)
                                             : Model(Model::Object{{"empty_next_text", empty.next.text},
                                                                   {"empty_next_url", empty.next.url}})},
      {"empty_feeds", feeds}};
}

Model model_of(const RiverPage& page) {
  return Model::Object{
      {"river_heading", page.heading},
      {"river_intro", shown_if(page.intro)},
      {"river_narrower",
       page.narrower.empty()
           ? Model(false)
           : Model(Model::Object{{"narrower_links",
                                  each(page.narrower,
                                       [](const Link& link) {
                                         return Model::Object{{"narrower_text", link.text}, {"narrower_url", link.url}};
                                       })}})},
      {"river_featured",
       page.featured.empty() ? Model(false) : Model(Model::Object{{"featured_posts", posts_model(page.featured)}})},
      {"days", days_model(page.days)},
      {"empty", model_of(page.empty)},
      {"pagination", model_of(page.pagination)},
      {"follow", follow_model(page.feeds, page.base_url)},
      {"within", model_of(page.within)},
      {"side", side_model(page.side)},
      {"marks_new", page.marks_new}};
}

}  // namespace voice::views
