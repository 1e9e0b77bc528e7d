#include "views/embed_page.h"

#include "views/forms.h"
#include "views/page.h"

namespace voice::views {

Model model_of(const EmbedPage& page) {
  const Model posts = page.items.empty()
                          ? Model(false)
                          : Model(Model::Object{{"embed_items", each(page.items, [](const EmbedItem& item) {
                                                   return Model::Object{{"item_title", item.title},
                                                                        {"item_url", item.url},
                                                                        {"item_blog", item.blog},
                                                                        {"item_date", item.date},
                                                                        {"item_iso", item.iso},
                                                                        {"item_language", shown_if(item.language)},
                                                                        {"item_direction", shown_if(item.direction)}};
                                                 })}});
  return Model::Object{{"embed_title", page.title},
                       {"embed_url", page.url},
                       {"embed_site", page.site},
                       {"embed_home", page.home},
                       {"embed_css", page.css},
                       {"embed_dark", page.dark_css},
                       {"embed_dark_media", dark_media(Theme::device)},
                       {"embed_posts", posts}};
}

}  // namespace voice::views
