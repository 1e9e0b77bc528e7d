#include "server/search_pages.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>
#include <utility>

#include "base/numbers.h"
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
constexpr int kMostPages = 100;
constexpr std::array kLanguages = {std::pair{"en", "English"}, std::pair{"cy", "Welsh"}, std::pair{"gd", "Gaelic"},
                                   std::pair{"ga", "Irish"}};

/// Best first (store/search.h), or as the river goes, page by page to the oldest.
enum class Order { best, newest };
constexpr const char* kNewest = "newest";

int number_of(std::string_view text, int least, int most, int otherwise) {
  const auto n = parse_number<int>(text);
  return n && *n >= least && *n <= most ? *n : otherwise;
}

std::string quoted(const std::string& text) { return "“" + text + "”"; }

std::string narrow_to_blog(store::Reader& db, store::SearchQuery& q, const std::string& slug) {
  const auto blog = store::find_blog_by_slug(db, slug);
  // A blog that has left or not yet joined is told of nowhere, so not here either.
  if (!blog || !store::is_shown(blog->state)) return {};
  q.blog = blog->id;
  return " in the blog " + views::isolated(blog->title);
}

std::string narrow_to_organisation(store::Reader& db, store::SearchQuery& q, const std::string& slug) {
  const auto body = store::find_organisation(db, slug);
  if (!body) return {};
  q.organisation = body->id;
  return " from " + body->name;
}

std::string narrow_to_topic(store::Reader& db, store::SearchQuery& q, const std::string& slug) {
  const auto topic = store::find_topic(db, slug);
  if (!topic) return {};
  q.topic = topic->id;
  return " on " + quoted(topic->name);
}

std::string narrow_to_person(store::Reader& db, store::SearchQuery& q, const std::string& slug) {
  const auto person = store::find_person(db, slug);
  if (!person) return {};
  q.person = person->id;
  return " by " + views::isolated(person->name);
}

std::string narrow_to_language(store::Reader&, store::SearchQuery& q, const std::string& code) {
  const auto language = to_ascii_lower(code);
  if (language.size() < 2 || language.size() > 3 || !std::ranges::all_of(language, is_alpha)) return {};
  q.language = language;
  const auto known = std::ranges::find_if(kLanguages, [&](const auto& l) { return l.first == language; });
  return known == kLanguages.end() ? " in the language " + quoted(language) : std::string(" in ") + known->second;
}

std::string narrow_to_year(store::Reader&, store::SearchQuery& q, const std::string& year) {
  q.year = number_of(year, 1990, 2199, 0);
  return q.year == 0 ? std::string() : " of " + std::to_string(q.year);
}

struct Filter {
  const char* name;
  /// Narrows the search to what a value names and says so; empty: it names nothing.
  std::string (*narrow)(store::Reader& db, store::SearchQuery& q, const std::string& value);
  const char *before_unknown, *after_unknown;  ///< around the value, where it names nothing
};
constexpr std::array kFilters = {
    Filter{"blog", narrow_to_blog, "there is no blog called ", " here"},
    Filter{"organisation", narrow_to_organisation, "there is no council or other body called ", " here"},
    Filter{"topic", narrow_to_topic, "there is no topic called ", " here"},
    Filter{"person", narrow_to_person, "there is nobody called ", " here"},
    Filter{"language", narrow_to_language, "", " is no language as addresses name them, such as cy for Welsh"},
    Filter{"year", narrow_to_year, "", " is no year that posts here can be of"}};

UnknownFilter unknown_filter(const Filter& filter, const std::string& value) {
  constexpr std::size_t kEnoughToKnowIt = 80;
  const auto shown = views::isolated(std::string(utf8_prefix(value, kEnoughToKnowIt)));
  return {.name = filter.name, .words = filter.before_unknown + quoted(shown) + filter.after_unknown};
}

std::string words_of(const Fields& query) {
  const auto typed = query.get("q");
  return store::parse_search(typed).empty() ? std::string() : typed;
}

Order order_of(const Fields& query) { return query.get("order") == kNewest ? Order::newest : Order::best; }

std::string page_address(const Fields& query, Order order) {
  const auto search = search_query_text(query);
  const bool usual = order == Order::best || search.empty();
  return "/search" + search + (usual ? std::string() : std::string("&order=") + kNewest);
}

Fields without(const Fields& query, std::string_view name) {
  Fields rest;
  for (const auto& [key, value] : query)
    if (key != name) rest.add(key, value);
  return rest;
}

// What was asked for by address is offered although the list has it not (a council without a blog now, a year without
// posts): the form must not drop it.
void offer(std::vector<views::Choice>& choices, const std::string& value, const std::string& label) {
  if (std::ranges::find(choices, value, &views::Choice::value) == choices.end())
    choices.push_back({value, label, {}, false});
}

void add_filters(views::SearchView& view, const store::SearchQuery& q, const Fields& query, store::Reader& db,
                 sys_seconds now) {
  std::vector<views::Choice> bodies, topics, languages, years;
  for (const auto& body : store::organisations_with_blogs(db)) bodies.push_back({body.slug, body.name, {}, false});
  if (const auto asked = store::find_organisation(db, query.get("organisation")))
    offer(bodies, asked->slug, asked->name);
  for (const auto& topic : store::all_topics(db)) topics.push_back({topic.slug, topic.name, {}, false});
  for (const auto& [code, name] : kLanguages) languages.push_back({code, name, {}, false});
  if (!q.language.empty()) offer(languages, q.language, q.language);
  if (const auto span = store::span_of_posts(db, now))
    for (int y = std::stoi(iso_day(span->newest)); y >= std::stoi(iso_day(span->oldest)); --y)
      years.push_back({std::to_string(y), std::to_string(y), {}, false});
  const auto year = q.year == 0 ? std::string() : std::to_string(q.year);
  if (!year.empty()) offer(years, year, year);
  view.organisation =
      views::narrowing_select("organisation", "Council or other body", query.get("organisation"), std::move(bodies));
  view.topic = views::narrowing_select("topic", "Topic", query.get("topic"), std::move(topics));
  view.language = views::narrowing_select("language", "Language", q.language, std::move(languages));
  view.year = views::narrowing_select("year", "Year", year, std::move(years));
}

void add_narrowed(views::SearchView& view, const store::SearchQuery& q, const Fields& query, store::Reader& db) {
  const auto add = [&](const char* name, std::string text) {
    view.narrowed.push_back({.text = std::move(text),
                             .name = name,
                             .value = query.get(name),
                             .without_url = page_address(without(query, name), order_of(query))});
  };
  if (const auto blog = q.blog ? store::find_blog(db, q.blog) : std::nullopt)
    add("blog", "Only in the blog " + views::isolated(blog->title) + ".");
  if (const auto person = q.person ? store::find_person(db, query.get("person")) : std::nullopt)
    add("person", "Only by " + person->name + ".");
}

views::SearchView form_of(const SearchAsked& asked, const Request& request, const Site& site, store::Reader& db) {
  views::SearchView view;
  view.heading = "Search";
  view.words = request.query.get("q");
  view.base_url = site.settings.site.base_url;
  if (order_of(request.query) == Order::newest) view.order_kept = kNewest;
  add_filters(view, asked.query, request.query, db, site.clock.now());
  add_narrowed(view, asked.query, request.query, db);
  return view;
}

std::string about(const SearchAsked& asked) {
  return asked.query.words.empty() ? asked.narrowed_to : " for " + quoted(asked.query.words);
}

// How many were looked at says nothing to a reader: "More than 250 posts", not 267.
std::string more_than(int posts) {
  constexpr int kStep = 50;
  const int fewer = posts > kStep ? (posts - 1) / kStep * kStep : posts - 1;
  return "More than " + views::counted(fewer, "post", "posts");
}

void say_nothing_found(views::SearchView& view, const SearchAsked& asked) {
  view.status = "Nothing found" + about(asked) + ".";
  if (!asked.query.words.empty() && !asked.narrowed_to.empty())
    view.suggestions.push_back({"The same words without any filter", "/search?q=" + percent_encode(asked.query.words)});
  view.suggestions.push_back({"Browse the topics instead", "/topics"});
}

void say_unknown(views::SearchView& view, const SearchAsked& asked, const Fields& query) {
  auto rest = query;
  for (const auto& filter : asked.unknown) {
    view.status += (view.status.empty() ? "" : " and ") + filter.words;
    rest = without(rest, filter.name);
  }
  if (view.status.starts_with("there")) view.status[0] = 'T';
  view.status += ", so nothing was found.";
  view.suggestions.push_back({"The same search without that", page_address(rest, order_of(query))});
  view.suggestions.push_back({"Browse the topics instead", "/topics"});
}

std::string where_found(store::FoundIn place) {
  switch (place) {
    case store::FoundIn::shown: return {};
    case store::FoundIn::text: return "Found in the text of the post.";
    case store::FoundIn::names: return "Found in its tags, or in the name of its writer or blog.";
  }
  return {};
}

views::PostCard card_of_hit(const store::SearchHit& hit, const views::PostCard& card) {
  auto found = card;
  if (!hit.title.empty()) found.title_html = views::marked(hit.title);
  if (!hit.excerpt.empty() && hit.entry.shown != store::Shown::title) found.text_html = views::marked(hit.excerpt);
  found.why = where_found(hit.found_in);
  return found;
}

std::string title_of(const SearchAsked& asked, const std::string& place) {
  return (asked.query.words.empty() ? std::string("Search") : asked.query.words + " – search") + place;
}

// One page of the best; its title is what it gives back.
std::string show_best(views::SearchView& view, const SearchAsked& asked, const Request& request, const Site& site,
                      store::Reader& db) {
  const auto now = site.clock.now();
  int number = number_of(request.query.get("page"), 1, kMostPages, 1);
  auto found = store::search(db, asked.query, now, (number - 1) * kPerPage, kPerPage);
  const int last = std::clamp((found.total + kPerPage - 1) / kPerPage, 1, kMostPages);
  if (number > last) found = store::search(db, asked.query, now, 0, kPerPage), number = 1;
  if (found.total == 0) {
    say_nothing_found(view, asked);
    return title_of(asked, "");
  }

  std::vector<store::RiverEntry> entries;
  for (const auto& hit : found.hits) entries.push_back(hit.entry);
  const auto cards = cards_of(db, entries, {.under_its_day = false, .of_one_blog = false});
  for (std::size_t i = 0; i < cards.size(); ++i) view.posts.push_back(card_of_hit(found.hits[i], cards[i]));

  const auto address = page_address(request.query, Order::best);
  view.pagination =
      views::numbered(number, last, [&](int n) { return address + (n > 1 ? fmt::format("&page={}", n) : ""); });
  view.status = (found.has_more ? more_than(found.total) : views::counted(found.total, "post", "posts")) +
                about(asked) + (last > 1 ? fmt::format(", page {} of {}.", number, last) : ".");
  const auto newest_first = page_address(request.query, Order::newest);
  if (found.total > 1) view.other_order = {"Newest first", newest_first};
  if (found.has_more && number == last) {
    view.end_text = "These were the posts that fit best. Older ones match too:";
    view.beyond_the_end = {"see every match, newest first", newest_first};
  }
  return title_of(asked, last > 1 ? fmt::format(" (page {} of {})", number, last) : "");
}

// One page as the river goes, and its title; nothing where the place in the address leads nowhere.
std::optional<std::string> show_newest(views::SearchView& view, const SearchAsked& asked, Listing listing,
                                       const Request& request, const Site& site, store::Reader& db) {
  listing.query += std::string("&order=") + kNewest;
  const auto posts =
      listing_page(db, listing, request, site.clock.now(), {.under_its_day = false, .of_one_blog = false});
  if (posts.is_past_the_end) return std::nullopt;
  if (posts.entries.empty()) {
    say_nothing_found(view, asked);
    return title_of(asked, "");
  }

  for (std::size_t i = 0; i < posts.cards.size(); ++i)
    view.posts.push_back(card_of_hit(store::hit_of(db, asked.query, posts.entries[i]), posts.cards[i]));
  view.pagination = posts.pagination;
  // How many there are in all is not known without reading them all.
  const bool is_whole = posts.is_first && posts.pagination.older_url.empty();
  const auto place = posts.is_first ? ", newest first" : ", newest first, " + posts.place;
  view.status = (is_whole ? views::counted(std::ssize(posts.entries), "post", "posts") : std::string("Posts")) +
                about(asked) + place + ".";
  view.other_order = {"Best matches first", page_address(request.query, Order::best)};
  return title_of(asked, place);
}

}  // namespace

std::string search_query_text(const Fields& query) {
  std::string text;
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) text += (text.empty() ? "?" : "&") + std::string(name) + "=" + percent_encode(value);
  };
  add("q", words_of(query));
  for (const auto& filter : kFilters) add(filter.name, query.get(filter.name));
  return text;
}

SearchAsked read_search(store::Reader& db, const Fields& query) {
  SearchAsked asked;
  asked.query.words = words_of(query);
  for (const auto& filter : kFilters) {
    const auto value = query.get(filter.name);
    if (value.empty()) continue;
    const auto said = filter.narrow(db, asked.query, value);
    if (said.empty()) asked.unknown.push_back(unknown_filter(filter, value));
    asked.narrowed_to += said;
  }
  return asked;
}

Response search_page(const Request& request, const Site& site, store::Reader& db) {
  const auto asked = read_search(db, request.query);
  auto view = form_of(asked, request, site, db);
  std::string title = "Search";
  if (!asked.unknown.empty()) {
    say_unknown(view, asked, request.query);
  } else if (const auto listing = find_listing(db, site, "/search", request.query); !listing) {
    view.asks = true;
    if (!view.words.empty()) view.status = "There is no word in that to look for. Type a word, or part of a title.";
  } else {
    view.feeds = feed_links(*listing, site);
    if (order_of(request.query) == Order::best) {
      title = show_best(view, asked, request, site, db);
    } else {
      const auto newest = show_newest(view, asked, *listing, request, site, db);
      if (!newest) return see_other(page_address(request.query, Order::newest));
      title = *newest;
    }
  }
  auto head =
      head_of(request, title, "Search every post of every member, by words, topic, language and year.", "search");
  head.indexing = views::Indexing::no;
  if (!view.feeds.stem.empty()) head.feeds = {view.feeds};
  return page(site, head, "search", model_of(view));
}

}  // namespace voice::server
