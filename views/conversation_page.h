// views/conversation_page.h - what members discuss, and one of these conversations.
#pragma once
#include <string>
#include <vector>

#include "views/post_card.h"
#include "views/river_page.h"

namespace voice::views {

struct ConversationItem {
  std::string title, url, note, language;
};
struct ConversationsPage {
  std::vector<ConversationItem> conversations;
  struct Shared {
    std::string title, url, host, blogs;
    std::vector<Link> posts;
  };
  std::vector<Shared> shared;
  EmptyRiver empty;
  Pagination pagination;
  FeedLinks feeds;
  std::string base_url;
};
Model model_of(const ConversationsPage& page);

struct ConversationPage {
  std::string heading;
  std::string intro;
  struct Turn {
    PostCard card;
    std::vector<Link> answers;  ///< posts of this conversation that it links to
  };
  std::vector<Turn> turns;  ///< oldest first
  FeedLinks feeds;
  std::string base_url;
};
Model model_of(const ConversationPage& page);

}  // namespace voice::views
