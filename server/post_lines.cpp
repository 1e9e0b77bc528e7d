#include "server/post_lines.h"

#include "store/topics.h"

namespace voice::server {

std::vector<views::PostCard> cards_of(store::Reader& db, const std::vector<store::RiverEntry>& entries,
                                      const views::CardContext& context) {
  std::vector<views::PostCard> cards;
  cards.reserve(entries.size());
  for (const auto& entry : entries) {
    auto card = views::card_of(entry, context);
    for (const auto& topic : store::topics_of(db, entry.id)) card.topics.push_back({topic.name, "/topics/" + topic.slug});
    cards.push_back(std::move(card));
  }
  return cards;
}

}  // namespace voice::server
