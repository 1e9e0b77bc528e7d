#include "server/conversation_pages.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>

#include "base/numbers.h"
#include "base/time.h"
#include "base/url.h"
#include "server/listing.h"
#include "server/post_lines.h"
#include "server/reader_pages.h"
#include "store/conversations.h"
#include "views/bidi.h"
#include "views/conversation_page.h"

namespace voice::server {
namespace {
constexpr int kConversationsPerPage = 30;
constexpr int kSharedPages = 15;

std::string conversation_title(store::Reader& db, const store::Conversation& c) {
  if (!c.title.empty()) return c.title;
  const auto posts =
      store::river(db, {.filter = store::OfConversation{c.id}, .now = sys_seconds::max(), .before = {}, .limit = 200});
  return posts.empty() ? "Conversation" : views::card_of(posts.back()).title;
}

ConversationId conversation_id(const std::string& text) {
  return ConversationId{parse_number<std::int64_t>(text).value_or(0)};
}
}  // namespace

Response conversations_page(const Request& request, const Site& site, store::Reader& db) {
  const auto now = site.clock.now();
  views::ConversationsPage view;
  std::optional<store::Conversation> before;
  if (const auto text = request.query.get("before"); !text.empty()) {
    before = store::find_conversation(db, conversation_id(text));
    if (!before) return see_other("/conversations");
  }
  auto talks = store::conversations(db, before, kConversationsPerPage + 1);
  if (talks.size() > kConversationsPerPage) {
    talks.pop_back();
    view.pagination.older_url = fmt::format("/conversations?before={}", talks.back().id.value);
    view.pagination.older_label = "Older conversations";
  }
  if (before) {
    const auto newer =
        talks.empty() ? std::nullopt : store::conversation_before_page(db, talks.front(), kConversationsPerPage);
    view.pagination.newer_url =
        newer ? fmt::format("/conversations?before={}", newer->id.value) : std::string("/conversations");
    view.pagination.newer_label = "Newer conversations";
  }
  for (const auto& talk : talks)
    view.conversations.push_back(
        {.title = conversation_title(db, talk),
         .url = fmt::format("/conversations/{}", talk.id.value),
         .note = fmt::format("{} by {}, the latest on {}", views::counted(talk.post_count, "post", "posts"),
                             views::counted(talk.blog_count, "blog", "blogs"), date_in_words(talk.last)),
         .language = {}});
  if (!before)
    for (const auto& shared : store::shared_pages(db, now, kSharedPages)) {
      const auto url = parse_url(shared.url);
      views::ConversationsPage::Shared row{.title = shared.title.empty() ? shared.url : shared.title,
                                           .url = shared.url,
                                           .host = url ? url->host : "",
                                           .blogs = views::counted(shared.blogs, "blog", "blogs"),
                                           .posts = {}};
      for (const auto& entry : store::entries_by_id(db, shared.entries)) {
        const auto card = views::card_of(entry);
        row.posts.push_back({views::isolated(card.title) + ", " + views::isolated(entry.blog_title), card.page_url});
      }
      view.shared.push_back(std::move(row));
    }
  if (view.conversations.empty() && view.shared.empty())
    view.empty = {.heading = "No conversations yet",
                  .text = "When a member’s post links to another member’s post, both are shown here together.",
                  .next = {"Read the latest posts", "/"},
                  .feeds = {}};
  auto head =
      head_of(request, before ? "Older conversations" : "Conversations",
              "Members’ posts that answer one another, and pages that several members link to.", "conversations");
  if (before) head.indexing = views::Indexing::no;
  const auto listing = find_listing(db, site, "/conversations", {});
  view.feeds = feed_links(*listing, site);
  view.base_url = site.settings.site.base_url;
  head.feeds = {view.feeds};
  return page(site, head, "conversations", model_of(view));
}

Response conversation_page(const Request& request, const Site& site, store::Reader& db) {
  const auto wanted = conversation_id(request.captures.get("id"));
  const auto talk = wanted ? store::find_conversation(db, wanted) : std::nullopt;
  if (!talk) return not_found();
  if (talk->id != wanted) return moved_permanently(fmt::format("/conversations/{}", talk->id.value));
  const auto listing = find_listing(db, site, request.path, {});
  if (!listing) return not_found();
  auto entries = entries_of(db, *listing, site.clock.now(), {}, 200);
  if (entries.empty()) return gone();
  std::ranges::reverse(entries);
  const auto cards = cards_of(db, entries, {.under_its_day = false, .of_one_blog = false});
  views::ConversationPage view{.heading = cards.front().title,
                               .intro = listing->description,
                               .turns = {},
                               .feeds = feed_links(*listing, site),
                               .base_url = site.settings.site.base_url};
  for (std::size_t i = 0; i < cards.size(); ++i) {
    views::ConversationPage::Turn turn{.card = cards[i], .answers = {}};
    turn.card.discussion = {};
    for (const auto& answer : store::answers_of(db, entries[i].id, 20)) {
      if (answer.direction != store::Direction::replies_to) continue;
      const auto other = std::ranges::find(entries, answer.entry, &store::RiverEntry::id);
      if (other == entries.end()) continue;
      const auto at = static_cast<std::size_t>(other - entries.begin());
      turn.answers.push_back(
          {views::isolated(cards[at].title) + ", " + views::isolated(cards[at].blog_title), "#post-" + cards[at].id});
    }
    view.turns.push_back(std::move(turn));
  }
  auto head = head_of(request, "Conversation: " + view.heading, listing->description, "conversations");
  head.indexing = views::Indexing::no;
  head.feeds = {feed_links(*listing, site)};
  return page(site, head, "conversation", model_of(view));
}

}  // namespace voice::server
