// server/post_lines.h - posts as cards, with what the store knows beside them: topics and conversations.
#pragma once
#include <vector>

#include "store/river.h"
#include "views/post_card.h"

namespace voice::server {

std::vector<views::PostCard> cards_of(store::Reader& db, const std::vector<store::RiverEntry>& entries,
                                      const views::CardContext& context = {});

}  // namespace voice::server
