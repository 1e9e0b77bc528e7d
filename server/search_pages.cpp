#include "server/search_pages.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "base/text.h"
#include "base/time.h"
#include "base/url.h"
#include "server/post_lines.h"
#include "server/reader_pages.h"
#include "store/archive.h"
#include "store/blogs.h"
#include "store/conversations.h"
#include "store/organisations.h"
#include "store/people.h"
#include "store/topics.h"
#include "views/bidi.h"
#include "views/search_page.h"

namespace voice::server {
namespace {
constexpr int kPerPage = 20;
constexpr std::array kParameters = {"q", "blog", "organisation", "topic", "person", "language", "year"};

int number_of(std::string_view text, int least, int most, int otherwise) {
  int n = 0;
  if (text.empty() || text.size() > 6) return otherwise;
  for (const char c : text) {
    if (!is_digit(c)) return otherwise;
    n = n * 10 + (c - '0');
  }
  return n < least || n > most ? otherwise : n;
}

Fields without(const Fields& query, std::string_view name) {
  Fields rest;
  for (const auto& [key, value] : query)
    if (key != name) rest.add(key, value);
  return rest;
}

views::SelectField select_of(std::string id, std::string label, const std::string& chosen,
                             std::vector<views::Choice> choices) {
  choices.insert(choices.begin(), views::Choice{.value = "", .label = "All", .hint = {}, .chosen = false});
  for (auto& choice : choices) choice.chosen = choice.value == chosen;
  return {.id = std::move(id), .label = std::move(label), .hint = {}, .error = {}, .choices = std::move(choices)};
}

void add_filters(views::SearchView& view, const Fields& query, store::Reader& db, sys_seconds now) {
  std::vector<views::Choice> bodies, topics, years;
  for (const auto& body : store::organisations_with_blogs(db)) bodies.push_back({body.slug, body.name, {}, false});
  // A council whose page led here is offered although it has no blog now.
  if (const auto asked = store::find_organisation(db, query.get("organisation"));
      asked && std::ranges::find(bodies, asked->slug, &views::Choice::value) == bodies.end())
    bodies.push_back({asked->slug, asked->name, {}, false});
  for (const auto& topic : store::all_topics(db)) topics.push_back({topic.slug, topic.name, {}, false});
  if (const auto span = store::span_of_posts(db, now))
    for (int y = std::stoi(iso_day(span->newest)); y >= std::stoi(iso_day(span->oldest)); --y)
      years.push_back({std::to_string(y), std::to_string(y), {}, false});
  view.organisation = select_of("organisation", "Council or other body", query.get("organisation"), std::move(bodies));
  view.topic = select_of("topic", "Topic", query.get("topic"), std::move(topics));
  view.language = select_of("language", "Language", query.get("language"),
                            {{"en", "English", {}, false},
                             {"cy", "Welsh", {}, false},
                             {"gd", "Gaelic", {}, false},
                             {"ga", "Irish", {}, false}});
  view.year = select_of("year", "Year", query.get("year"), std::move(years));
}

void add_narrowed(views::SearchView& view, const Fields& query, store::Reader& db) {
  const auto add = [&](const char* name, std::string text) {
    view.narrowed.push_back({.text = std::move(text),
                             .name = name,
                             .value = query.get(name),
                             .without_url = "/search" + search_query_text(without(query, name))});
  };
  if (const auto blog = store::find_blog_by_slug(db, query.get("blog")))
    add("blog", "Only in the blog " + views::isolated(blog->title) + ".");
  if (const auto person = store::find_person(db, query.get("person"))) add("person", "Only by " + person->name + ".");
}

std::string status_of(const store::SearchPage& found, const std::string& words, int number, int last) {
  const std::string about = words.empty() ? "" : " for “" + words + "”";
  if (found.total == 0) return "Nothing found" + about + ".";
  std::string text = (found.has_more ? "More than " : "") + views::counted(found.total, "post", "posts") + about;
  if (last > 1) text += fmt::format(", page {} of {}", number, last);
  return text + ".";
}

bool asks_for_something(const store::SearchQuery& q) { return !store::match_expression(q).empty(); }

views::PostCard card_of_hit(const store::SearchHit& hit, const views::PostCard& card) {
  auto found = card;
  if (!hit.title.empty()) found.title_html = views::marked(hit.title);
  if (!hit.excerpt.empty() && hit.entry.shown != store::Shown::title) found.text_html = views::marked(hit.excerpt);
  return found;
}

}  // namespace

std::string search_query_text(const Fields& query) {
  std::string text;
  for (const char* name : kParameters)
    if (const auto value = query.get(name); !value.empty())
      text += (text.empty() ? "?" : "&") + std::string(name) + "=" + percent_encode(value);
  return text;
}

store::SearchQuery read_search(store::Reader& db, const Fields& query) {
  store::SearchQuery q;
  q.words = query.get("q");
  if (const auto blog = store::find_blog_by_slug(db, query.get("blog"))) q.blog = blog->id;
  if (const auto body = store::find_organisation(db, query.get("organisation"))) q.organisation = body->id;
  if (const auto topic = store::find_topic(db, query.get("topic"))) q.topic = topic->id;
  if (const auto person = store::find_person(db, query.get("person"))) q.person = person->id;
  const auto language = to_ascii_lower(query.get("language"));
  if (language.size() >= 2 && language.size() <= 3 && std::ranges::all_of(language, is_alpha)) q.language = language;
  q.year = number_of(query.get("year"), 1990, 2199, 0);
  return q;
}

Response search_page(const Request& request, const Site& site, store::Reader& db) {
  const auto now = site.clock.now();
  const auto q = read_search(db, request.query);
  views::SearchView view;
  view.words = q.words;
  view.base_url = site.settings.site.base_url;
  add_filters(view, request.query, db, now);
  add_narrowed(view, request.query, db);
  view.asks = !asks_for_something(q);
  view.heading = "Search";
  std::string title = "Search";
  const auto query_text = search_query_text(request.query);
  if (!view.asks) {
    int number = number_of(request.query.get("page"), 1, 100, 1);
    auto found = store::search(db, q, now, (number - 1) * kPerPage, kPerPage);
    const int last = std::max(1, std::min(100, (found.total + kPerPage - 1) / kPerPage));
    if (number > last) found = store::search(db, q, now, 0, kPerPage), number = 1;
    std::vector<store::RiverEntry> entries;
    for (const auto& hit : found.hits) entries.push_back(hit.entry);
    const auto cards = cards_of(db, entries, {.under_its_day = false, .of_one_blog = false});
    for (std::size_t i = 0; i < cards.size(); ++i) view.posts.push_back(card_of_hit(found.hits[i], cards[i]));
    view.status = status_of(found, q.words, number, last);
    view.pagination = views::numbered(
        number, last, [&](int n) { return "/search" + query_text + (n > 1 ? fmt::format("&page={}", n) : ""); });
    if (found.total == 0) {
      if (!q.words.empty() && query_text != "?q=" + percent_encode(q.words))
        view.suggestions.push_back({"The same words without any filter", "/search?q=" + percent_encode(q.words)});
      view.suggestions.push_back({"Browse the topics instead", "/topics"});
    }
    view.feeds = {.title = "Search" + (q.words.empty() ? std::string() : ": " + q.words),
                  .stem = "/search",
                  .query = query_text,
                  .opml = ""};
    title = (q.words.empty() ? std::string("Search") : q.words + " – search") +
            (last > 1 ? fmt::format(" (page {} of {})", number, last) : "");
  } else if (!q.words.empty()) {
    view.status = "There is no word in that to look for. Type a word, or part of a title.";
  }
  auto head =
      head_of(request, title, "Search every post of every member, by words, topic, language and year.", "search");
  head.indexing = views::Indexing::no;
  if (!view.feeds.stem.empty()) head.feeds = {view.feeds};
  return page(site, head, "search", model_of(view));
}

namespace {
constexpr int kConversationsPerPage = 30;
constexpr int kSharedPages = 15;

std::string conversation_title(store::Reader& db, const store::Conversation& c) {
  if (!c.title.empty()) return c.title;
  const auto posts =
      store::river(db, {.filter = store::OfConversation{c.id}, .now = sys_seconds::max(), .before = {}, .limit = 200});
  return posts.empty() ? "Conversation" : views::card_of(posts.back()).title;
}

ConversationId conversation_id(const std::string& text) { return ConversationId{number_of(text, 1, 999999, 0)}; }
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
