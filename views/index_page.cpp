#include "views/index_page.h"

namespace voice::views {

Model model_of(const IndexPage& page) {
  return Model::Object{
      {"index_heading", page.heading},
      {"index_intro", shown_if(page.intro)},
      {"index_jumps",
       page.jumps.empty()
           ? Model(false)
           : Model(Model::Object{
                 {"jump_links", each(page.jumps,
                                     [](const Link& link) {
                                       return Model::Object{{"jump_text", link.text}, {"jump_url", link.url}};
                                     })}})},
      {"index_groups", each(page.groups,
                            [](const IndexGroup& group) {
                              return Model::Object{{"group_heading", shown_if(group.heading)},
                                                   {"group_id", shown_if(group.id)},
                                                   {"group_items", each(group.items, [](const IndexItem& item) {
                                                      return Model::Object{{"item_text", item.text},
                                                                           {"item_url", shown_if(item.url)},
                                                                           {"item_note", shown_if(item.note)},
                                                                           {"item_language", shown_if(item.language)}};
                                                    })}};
                            })},
      {"empty", model_of(page.empty)},
      {"pagination", model_of(page.pagination)},
      {"follow", follow_model(page.feeds, page.base_url)}};
}

Model model_of(const DirectoryPage& page) {
  return Model::Object{
      {"directory_heading", page.heading},
      {"directory_intro", page.intro},
      {"directory_nation", model_of(page.nation)},
      {"directory_kind", model_of(page.kind)},
      {"directory_state", model_of(page.state)},
      {"directory_sort", shown_if(page.sort)},
      {"directory_count", page.count},
      {"directory_columns", each(page.columns,
                                 [](const DirectoryPage::Column& column) {
                                   return Model::Object{{"column_text", column.text},
                                                        {"column_url", shown_if(column.url)},
                                                        {"column_sorted", shown_if(column.sorted)},
                                                        {"column_number", column.number}};
                                 })},
      {"directory_has_rows", !page.rows.empty()},
      {"directory_rows", each(page.rows,
                              [](const DirectoryPage::Row& row) {
                                return Model::Object{
                                    {"member_title", row.title},
                                    {"member_url", row.url},
                                    {"member_icon_url", shown_if(row.icon_url)},
                                    {"member_language", shown_if(row.language)},
                                    {"member_writer", shown_if(row.writer)},
                                    {"member_organisation",
                                     row.organisation.empty()
                                         ? Model(false)
                                         : Model(Model::Object{{"organisation_text", row.organisation},
                                                               {"organisation_url", shown_if(row.organisation_url)}})},
                                    {"member_kind", row.kind},
                                    {"member_state", model_of(row.state)},
                                    {"member_last", row.last_post.empty()
                                                        ? Model(false)
                                                        : Model(Model::Object{{"last_text", row.last_post},
                                                                              {"last_iso", row.last_post_iso}})},
                                    {"member_posts", row.posts}};
                              })},
      {"directory_opml", shown_if(page.opml_url)},
      {"pagination", model_of(page.pagination)}};
}

}  // namespace voice::views
