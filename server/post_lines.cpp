#include "server/post_lines.h"

#include "store/conversations.h"
#include "store/topics.h"

namespace voice::server {

std::vector<views::PostCard> cards_of(store::Reader& db, const std::vector<store::RiverEntry>& entries,
                                      const views::CardContext& context) {
  std::vector<views::PostCard> cards;
  cards.reserve(entries.size());
  for (const auto& entry : entries) {
    auto card = views::card_of(entry, context);
    for (const auto& topic : store::topics_of(db, entry.id))
      card.topics.push_back({topic.name, "/topics/" + topic.slug});
    if (const auto talk = store::talk_line(db, entry.id); talk.conversation && talk.posts > 1)
      card.discussion = {"In a conversation of " + views::counted(talk.posts, "post", "posts"),
                         "/conversations/" + std::to_string(talk.conversation.value)};
    else if (talk.answers > 0)
      card.discussion = {"Linked by " + views::counted(talk.answers, "other post", "other posts"), card.page_url};
    cards.push_back(std::move(card));
  }
  return cards;
}

}  // namespace voice::server
