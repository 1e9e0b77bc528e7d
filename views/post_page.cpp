#include "views/post_page.h"

namespace voice::views {
namespace {
Model near_posts(const std::vector<NearPost>& posts) {
  return each(posts, [](const NearPost& post) {
    return Model::Object{{"near_relation", post.relation},
                         {"near_title", post.title},
                         {"near_url", post.url},
                         {"near_by", shown_if(post.by)},
                         {"near_language", shown_if(post.language)}};
  });
}

Model topic_links(const std::vector<Link>& all) {
  return each(all, [](const Link& link) { return Model::Object{{"topic_text", link.text}, {"topic_url", link.url}}; });
}

Model media(const std::vector<Media>& all) {
  if (all.empty()) return false;
  return Model::Object{{"media_items", each(all, [](const Media& m) {
                          const auto for_player = [&](Media::Player player) {
                            return shown_if(m.player == player ? m.url : "");
                          };
                          return Model::Object{{"media_audio", for_player(Media::Player::audio)},
                                               {"media_video", for_player(Media::Player::video)},
                                               {"media_url", m.url},
                                               {"media_name", m.name},
                                               {"media_text", m.text}};
                        })}};
}

// A heading only where something stands under it.
Model section(const char* name, Model list, bool empty) {
  if (empty) return false;
  return Model::Object{{name, std::move(list)}};
}
}  // namespace

Model model_of(const PostPage& p) {
  return Model::Object{
      {"post_title", p.title},
      {"post_language", shown_if(p.language)},
      {"post_direction", shown_if(p.direction)},
      {"post_byline", shown_if(p.byline)},
      {"post_when", p.when},
      {"post_when_iso", p.when_iso},
      {"post_blog_title", p.blog_title},
      {"post_blog_url", p.blog_url},
      {"post_original", shown_if(p.original_url)},
      {"post_text", shown_if(p.text)},
      {"post_body_html", shown_if(p.body_html)},
      {"post_shown_note", shown_if(p.shown_note)},
      {"post_media", media(p.media)},
      {"summary_rows", summary_list(p.facts)},
      {"post_topics", section("topic_links", topic_links(p.topics), p.topics.empty())},
      {"post_conversation", p.conversation.empty()
                                ? Model(false)
                                : Model(Model::Object{{"conversation_posts", near_posts(p.conversation)},
                                                      {"conversation_url", shown_if(p.conversation_page.url)}})},
      {"post_also", section("also_posts", near_posts(p.also_discussing), p.also_discussing.empty())},
      {"post_neighbours", section("neighbour_posts", near_posts(p.neighbours), p.neighbours.empty())},
      {"post_report_url", shown_if(p.report_url)}};
}

}  // namespace voice::views
