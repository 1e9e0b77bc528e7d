// Pages of one topic, person or organisation, of what editors picked, and the pages that lead to them.
#include <algorithm>
#include <fmt/format.h>
#include <map>

#include "base/text.h"
#include "base/time.h"
#include "server/post_lines.h"
#include "server/reader_pages.h"
#include "store/featuring.h"
#include "store/organisations.h"
#include "store/people.h"
#include "store/topics.h"
#include "views/index_page.h"
#include "views/json_ld.h"

namespace voice::server {
namespace {

// What a page of a listing has besides its posts.
struct Around {
  std::string section;
  views::EmptyRiver empty;
  views::SearchWithin within;
};

// A page that is a listing with something beside it. `make_side` is called only where the page is shown.
template <class MakeSide>
Response listing_response(const Request& request, const Site& site, store::Reader& db, const Listing& listing,
                          const Around& around, MakeSide&& make_side) {
  auto posts = listing_page(db, listing, request, site.clock.now(), {});
  if (posts.is_past_the_end) return see_other(listing.page_address());
  views::RiverPage view{.heading = listing.title,
                        .intro = listing.description,
                        .narrower = {},
                        .featured = {},
                        .days = views::by_day(posts.entries, posts.cards, true),
                        .empty = {},
                        .pagination = posts.pagination,
                        .feeds = feed_links(listing, site),
                        .base_url = site.settings.site.base_url,
                        .within = around.within,
                        .side = make_side(),
                        .marks_new = false};
  if (posts.entries.empty()) view.empty = around.empty;
  auto head = head_of(request, posts.is_first ? listing.title : listing.title + ", " + posts.place, listing.description,
                      around.section);
  if (!posts.is_first) head.indexing = views::Indexing::no;
  head.feeds = {feed_links(listing, site)};
  const views::PageSubject subject{
      .name = listing.title, .description = listing.description, .url = site.address_of(listing.path)};
  if (posts.is_first)
    head.json_ld = around.section == "people" ? views::profile_ld(subject)
                                              : views::collection_ld(subject, posts.cards, site.settings.site.base_url);
  return page(site, head, "river", model_of(view));
}

std::string posts_in_words(std::int64_t n) { return n == 0 ? "No posts yet" : views::counted(n, "post", "posts"); }

std::vector<views::Link> blog_links(const std::vector<store::Blog>& blogs) {
  std::vector<views::Link> links;
  for (const auto& blog : blogs) links.push_back({blog.title, "/blogs/" + blog.slug});
  return links;
}

// The letter a name is filed under: its first letter without marks, "#" for what has none.
std::string letter_of(std::string_view name) {
  const auto slug = slug_of(name);
  if (slug.empty() || !is_alpha(slug[0])) return "#";
  return std::string(1, static_cast<char>(slug[0] - 32));
}

views::IndexPage by_letter(views::IndexPage page, std::vector<views::IndexItem> items) {
  constexpr std::size_t kFewEnough = 24;
  if (items.size() <= kFewEnough) {
    if (!items.empty()) page.groups.push_back({.heading = {}, .id = {}, .items = std::move(items)});
    return page;
  }
  std::map<std::string, views::IndexGroup> groups;
  for (auto& item : items) groups[letter_of(item.text)].items.push_back(std::move(item));
  for (auto& [letter, group] : groups) {
    group.heading = letter == "#" ? "Others" : letter;
    group.id = letter == "#" ? "others" : "letter-" + to_ascii_lower(letter);
    page.jumps.push_back({group.heading, "#" + group.id});
    page.groups.push_back(std::move(group));
  }
  return page;
}

}  // namespace

Response topics_page(const Request& request, const Site& site, store::Reader& db) {
  auto view =
      empty_index(site, "Topics",
                  "What members write about. A post is filed by the tags its writer gave it and by the words in it.");
  views::IndexGroup group;
  for (const auto& topic : store::all_topics(db))
    group.items.push_back({.text = topic.name,
                           .url = "/topics/" + topic.slug,
                           .note = topic.description + " " + posts_in_words(topic.post_count) + ".",
                           .language = {}});
  if (group.items.empty())
    view.empty = {.heading = "There are no topics yet",
                  .text = "Editors choose the topics; posts are then filed by their tags and words.",
                  .next = {"Read the latest posts", "/"},
                  .feeds = {}};
  else
    view.groups.push_back(std::move(group));
  return page(site, head_of(request, "Topics", view.intro, "topics"), "index", model_of(view));
}

Response topic_page(const Request& request, const Site& site, store::Reader& db) {
  const auto topic = store::find_topic(db, request.captures.get("slug"));
  const auto listing = find_listing(db, site, request.path, request.query);
  if (!topic || !listing) return not_found();
  const views::EmptyRiver empty{.heading = "No posts on this topic yet",
                                .text = "Posts appear here when a writer tags them so, or when their words say it.",
                                .next = {"All topics", "/topics"},
                                .feeds = {}};
  const Around around{.section = "topics",
                      .empty = empty,
                      .within = {.heading = "Search this topic", .name = "topic", .value = topic->slug}};
  return listing_response(request, site, db, *listing, around, [&] {
    std::vector<views::SideList> side;
    std::vector<views::Link> related;
    for (const auto& other : store::related_topics(db, topic->id, 8))
      related.push_back({other.name, "/topics/" + other.slug});
    if (!related.empty())
      side.push_back({.heading = "Related topics", .text = {}, .links = std::move(related), .as_topics = true});
    std::string tags;
    for (const auto& term : store::terms_of(db, topic->id))
      if (term.kind == store::TermKind::tag) tags += (tags.empty() ? "" : ", ") + term.term;
    side.push_back({.heading = "How posts come here",
                    .text = tags.empty()
                                ? "By the words in title and opening."
                                : "By their writers’ tags (" + tags + "), and by the words in title and opening.",
                    .links = {{"All topics", "/topics"}},
                    .as_topics = false});
    return side;
  });
}

Response people_page(const Request& request, const Site& site, store::Reader& db) {
  std::vector<views::IndexItem> items;
  for (const auto& person : store::all_people(db))
    items.push_back({.text = person.name,
                     .url = "/people/" + person.slug,
                     .note = posts_in_words(person.post_count),
                     .language = {}});
  auto view = empty_index(site, "People",
                          "Those who write a blog under their own name, with their posts on every blog we carry.");
  if (items.empty())
    view.empty = {.heading = "Nobody is listed yet",
                  .text = "People are listed by the name they gave their own blog when they joined.",
                  .next = {"Add your blog", "/add-your-blog"},
                  .feeds = {}};
  view = by_letter(std::move(view), std::move(items));
  return page(site, head_of(request, "People", view.intro, "people"), "index", model_of(view));
}

Response person_page(const Request& request, const Site& site, store::Reader& db) {
  const auto person = store::find_person(db, request.captures.get("slug"));
  const auto listing = find_listing(db, site, request.path, request.query);
  if (!person || !listing) return not_found();
  const auto blogs = store::blogs_by(db, person->id);
  // Somebody all of whose blogs have left, or whose posts are all hidden, is not listed either.
  if (blogs.empty() || person->post_count == 0) return gone();
  const views::EmptyRiver empty{.heading = "No posts yet",
                                .text = "Their posts will be listed here.",
                                .next = {"All people", "/people"},
                                .feeds = {}};
  const Around around{.section = "people",
                      .empty = empty,
                      .within = {.heading = "Search these posts", .name = "person", .value = person->slug}};
  return listing_response(request, site, db, *listing, around, [&] {
    std::vector<views::SideList> side;
    side.push_back({.heading = "Blogs", .text = {}, .links = blog_links(blogs), .as_topics = false});
    std::vector<views::Link> bodies;
    for (const auto& blog : blogs)
      for (const auto& [organisation, affiliation] : store::affiliations_of(db, blog.id)) {
        std::string text = organisation.name;
        if (affiliation.until)
          text += ", until " + date_in_words(*affiliation.until);
        else if (affiliation.since)
          text += ", since " + date_in_words(*affiliation.since);
        bodies.push_back({std::move(text), "/organisations/" + organisation.slug});
      }
    if (!bodies.empty())
      side.push_back({.heading = "Organisations", .text = {}, .links = std::move(bodies), .as_topics = false});
    return side;
  });
}

namespace {
std::string words_for_kind(const std::string& kind) {
  static const std::map<std::string, std::string> kWords = {
      {"county", "County council"},     {"district", "District council"},
      {"unitary", "Unitary authority"}, {"metropolitan", "Metropolitan borough"},
      {"london", "London borough"},     {"scotland", "Scottish council"},
      {"wales", "Welsh council"},       {"northern-ireland", "Northern Irish council"},
      {"body", "Organisation"}};
  const auto found = kWords.find(kind);
  return found == kWords.end() ? "Organisation" : found->second;
}

std::string years_of_council(const store::Organisation& o) {
  if (!o.ended_on.empty()) return "Until " + o.ended_on.substr(0, 4);
  return {};
}

// "Unitary authority, England"; a Welsh council is not said to be in Wales as well.
std::string kind_and_nation(const store::Organisation& o) {
  const bool says_nation = o.kind == "scotland" || o.kind == "wales" || o.kind == "northern-ireland";
  return words_for_kind(o.kind) + (o.nation.empty() || says_nation ? "" : ", " + o.nation);
}

views::IndexItem organisation_item(const store::Organisation& o) {
  std::string note = kind_and_nation(o);
  if (const auto until = years_of_council(o); !until.empty()) note += ". " + until;
  note += ".";
  if (o.blog_count > 0) note += " " + views::counted(o.blog_count, "blog", "blogs") + ".";
  return {.text = o.name, .url = "/organisations/" + o.slug, .note = std::move(note), .language = {}};
}
}  // namespace

Response organisations_page(const Request& request, const Site& site, store::Reader& db) {
  const bool all = request.query.get("show") == "all";
  std::vector<views::IndexItem> items;
  auto organisations = all ? store::all_councils(db) : store::organisations_with_blogs(db);
  for (const auto& organisation : organisations) items.push_back(organisation_item(organisation));
  auto view = empty_index(site, all ? "Every council" : "Councils and other organisations",
                          all ? "Every principal council of the United Kingdom, and those that have ended since 2009."
                              : "Bodies that a blog here belongs to, or belonged to once.");
  if (items.empty())
    view.empty = {.heading = "No organisation has a blog here yet",
                  .text = "An organisation is listed as soon as one of its blogs is.",
                  .next = {"Add your blog", "/add-your-blog"},
                  .feeds = {}};
  view = by_letter(std::move(view), std::move(items));
  view.jumps.push_back(all ? views::Link{"Only those with a blog here", "/organisations"}
                           : views::Link{"Every council", "/organisations?show=all"});
  auto head = head_of(request, view.heading, view.intro, "organisations");
  head.path = all ? "/organisations?show=all" : "/organisations";
  return page(site, head, "index", model_of(view));
}

Response organisation_page(const Request& request, const Site& site, store::Reader& db) {
  const auto body = store::find_organisation(db, request.captures.get("slug"));
  const auto listing = find_listing(db, site, request.path, request.query);
  if (!body || !listing) return not_found();
  views::EmptyRiver empty{.heading = "Nobody from " + body->name + " writes here yet",
                          .text = "Do you work there and write about it? Add your blog and your posts appear here.",
                          .next = {"Add your blog", "/add-your-blog"},
                          .feeds = {}};
  if (!body->ended_on.empty()) {
    empty = {.heading = "No posts from its time",
             .text = "Posts by its blogs since then are with the council that followed it.",
             .next = {"Every council", "/organisations?show=all"},
             .feeds = {}};
    if (const auto successor = store::successor_of(db, *body))
      empty.next = {successor->name, "/organisations/" + successor->slug};
  }
  const Around around{.section = "organisations",
                      .empty = empty,
                      .within = {.heading = "Search these posts", .name = "organisation", .value = body->slug}};
  return listing_response(request, site, db, *listing, around, [&] {
    std::vector<views::SideList> side;
    views::SideList about{
        .heading = "About this organisation", .text = kind_and_nation(*body) + ".", .links = {}, .as_topics = false};
    if (!body->ended_on.empty())
      about.text += " It existed until " + body->ended_on.substr(0, 4) + " and was followed by:";
    for (const auto& code : body->successors)
      if (const auto successor = store::find_organisation_by_code(db, code))
        about.links.push_back({successor->name, "/organisations/" + successor->slug});
    side.push_back(std::move(about));
    std::vector<views::Link> before;
    if (!body->code.empty())
      for (const auto& past : store::predecessors_of(db, body->code))
        before.push_back({past.name + ", until " + past.ended_on.substr(0, 4), "/organisations/" + past.slug});
    if (!before.empty())
      side.push_back({.heading = "Before it", .text = {}, .links = std::move(before), .as_topics = false});
    std::vector<views::Link> blogs;
    for (const auto& [blog, affiliation] : store::blogs_of(db, body->id))
      blogs.push_back({blog.title + (affiliation.until ? ", until " + date_in_words(*affiliation.until) : ""),
                       "/blogs/" + blog.slug});
    if (!blogs.empty()) side.push_back({.heading = "Blogs", .text = {}, .links = std::move(blogs), .as_topics = false});
    return side;
  });
}

Response featured_page(const Request& request, const Site& site, store::Reader& db) {
  const auto now = site.clock.now();
  const auto listing = *find_listing(db, site, "/featured", request.query);
  std::vector<store::RiverEntry> entries;
  std::vector<std::string> reasons;
  for (const auto& pick : store::all_features(db, now, {}, 100)) {
    auto entry = store::find_entry(db, pick.entry);
    if (!entry) continue;
    entries.push_back(std::move(*entry));
    reasons.push_back(pick.sentence);
  }
  auto cards = cards_of(db, entries, {.under_its_day = false, .of_one_blog = false});
  for (std::size_t i = 0; i < cards.size(); ++i) cards[i].why = reasons[i];
  views::RiverPage view{.heading = "Picked by the editors",
                        .intro = listing.description,
                        .narrower = {},
                        .featured = std::move(cards),
                        .days = {},
                        .empty = {},
                        .pagination = {},
                        .feeds = feed_links(listing, site),
                        .base_url = site.settings.site.base_url,
                        .within = {},
                        .side = {},
                        .marks_new = false};
  if (view.featured.empty())
    view.empty = {.heading = "Nothing has been picked yet",
                  .text = "Editors put posts here that are worth more people’s time, and say why.",
                  .next = {"Read the latest posts", "/"},
                  .feeds = {}};
  view.side.push_back({.heading = "Who picks?",
                       .text = "Volunteers from the sector. Every pick is in the public log.",
                       .links = {{"The editors’ log", "/log"}, {"About this site", "/about"}},
                       .as_topics = false});
  auto head = head_of(request, listing.title, listing.description, "latest");
  head.feeds = {feed_links(listing, site)};
  return page(site, head, "river", model_of(view));
}

}  // namespace voice::server
