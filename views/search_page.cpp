#include "views/search_page.h"

#include <algorithm>

#include "base/text.h"

namespace voice::views {

Markup marked(const std::vector<store::TextPiece>& pieces) {
  std::string out;
  for (const auto& piece : pieces) {
    const auto text = escape_markup(piece.text);
    out += piece.is_match ? "<mark>" + text + "</mark>" : text;
  }
  return own_markup(std::move(out));
}

namespace {
bool is_chosen(const SelectField& field) {
  return std::ranges::any_of(field.choices, [](const Choice& c) { return c.chosen && !c.value.empty(); });
}

Model status_model(const SearchView& page) {
  if (page.status.empty()) return false;
  return Model::Object{{"status_text", page.status},
                       {"status_order", page.other_order.text.empty()
                                            ? Model(false)
                                            : Model(Model::Object{{"status_order_text", page.other_order.text},
                                                                  {"status_order_url", page.other_order.url}})}};
}

Model end_model(const SearchView& page) {
  if (page.end_text.empty()) return false;
  return Model::Object{
      {"end_text", page.end_text}, {"end_link", page.beyond_the_end.text}, {"end_url", page.beyond_the_end.url}};
}
}  // namespace

Model model_of(const SearchView& page) {
  return Model::Object{
      {"search_is_narrow",
       is_chosen(page.organisation) || is_chosen(page.topic) || is_chosen(page.language) || is_chosen(page.year)},
      {"search_heading", page.heading},
      {"search_words", page.words},
      {"search_asks", page.asks},
      {"search_organisation", model_of(page.organisation)},
      {"search_topic", model_of(page.topic)},
      {"search_language", model_of(page.language)},
      {"search_year", model_of(page.year)},
      {"search_narrowed", each(page.narrowed,
                               [](const SearchView::Narrowed& n) {
                                 return Model::Object{{"narrowed_text", n.text},
                                                      {"narrowed_name", n.name},
                                                      {"narrowed_value", n.value},
                                                      {"narrowed_without", n.without_url}};
                               })},
      {"search_order", shown_if(page.order_kept)},
      {"search_status", status_model(page)},
      {"search_found", page.posts.empty() ? Model(false) : Model(Model::Object{{"posts", posts_model(page.posts)}})},
      {"search_end", end_model(page)},
      {"search_suggestions",
       page.suggestions.empty()
           ? Model(false)
           : Model(Model::Object{
                 {"suggestion_links",
                  each(page.suggestions,
                       [](const Link& link) {
                         return Model::Object{{"suggestion_text", link.text}, {"suggestion_url", link.url}};
                       })}})},
      {"pagination", model_of(page.pagination)},
      {"follow", follow_model(page.feeds, page.base_url)}};
}

}  // namespace voice::views
