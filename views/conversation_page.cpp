#include "views/conversation_page.h"

namespace voice::views {

Model model_of(const ConversationsPage& page) {
  const auto shared = each(page.shared, [](const ConversationsPage::Shared& s) {
    return Model::Object{{"shared_title", s.title},
                         {"shared_url", s.url},
                         {"shared_host", s.host},
                         {"shared_blogs", s.blogs},
                         {"shared_posts", each(s.posts, [](const Link& link) {
                            return Model::Object{{"shared_post_text", link.text}, {"shared_post_url", link.url}};
                          })}};
  });
  return Model::Object{
      {"empty", model_of(page.empty)},
      {"conversations", page.conversations.empty()
                            ? Model(false)
                            : Model(Model::Object{{"conversation_rows", each(page.conversations,
                                                                             [](const ConversationItem& c) {
                                                                               return Model::Object{
                                                                                   {"talk_title", c.title},
                                                                                   {"talk_url", c.url},
                                                                                   {"talk_note", c.note},
                                                                                   {"talk_language",
                                                                                    shown_if(c.language)}};
                                                                             })}})},
      {"shared_pages", page.shared.empty() ? Model(false) : Model(Model::Object{{"shared_rows", shared}})},
      {"pagination", model_of(page.pagination)},
      {"follow", follow_model(page.feeds, page.base_url)}};
}

Model model_of(const ConversationPage& page) {
  return Model::Object{
      {"talk_heading", page.heading},
      {"talk_intro", page.intro},
      {"talk_turns",
       each(page.turns,
            [](const ConversationPage::Turn& turn) {
              auto fields = std::get<Model::Object>(model_of(turn.card).value());
              fields.push_back({"turn_answers",
                                turn.answers.empty()
                                    ? Model(false)
                                    : Model(Model::Object{
                                          {"answer_links", each(turn.answers, [](const Link& link) {
                                             return Model::Object{{"answer_text", link.text}, {"answer_url", link.url}};
                                           })}})});
              fields.push_back({"turn_id", turn.card.id});
              return Model(std::move(fields));
            })},
      {"follow", follow_model(page.feeds, page.base_url)}};
}

}  // namespace voice::views
