#include "server/reader_pages.h"

#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>

#include "base/text.h"
#include "base/time.h"
#include "server/blog_icon.h"
#include "server/blog_state.h"
#include "server/post_lines.h"
#include "server/theme.h"
#include "store/archive.h"
#include "store/featuring.h"
#include "store/organisations.h"
#include "store/people.h"
#include "store/topics.h"
#include "views/blog_page.h"
#include "views/json_ld.h"
#include "views/licences.h"

namespace voice::server {
namespace {
using std::chrono::days;

constexpr int kFeedsShownWaiting = 100;
constexpr int kChartMonths = 24;
constexpr int kWritersLookedAt = 50;
constexpr std::size_t kTellsLittle = 20;  // bytes of a description such as "My blog"

views::EmptyRiver nothing_fetched_yet(store::Reader& db) {
  const auto feeds = store::feeds_of_active_blogs(db, kFeedsShownWaiting);
  if (feeds.empty())
    return {.heading = "There are no blogs here yet",
            .text = "This page will show the posts of everybody who joins, newest first.",
            .next = {"Add your blog", "/add-your-blog"},
            .feeds = {}};
  views::EmptyRiver empty{
      .heading = "Nothing has been fetched yet",
      .text = "Posts appear here as soon as a member's feed answers. This is where each feed stands.",
      .next = {},
      .feeds = {}};
  for (const auto& [blog, feed] : feeds) {
    const std::string tried =
        feed.last_fetch ? fmt::format("{} at {}", date_in_words(*feed.last_fetch), time_in_words(*feed.last_fetch))
                        : std::string("Not tried yet");
    empty.feeds.push_back({.blog = blog.title, .url = feed.url, .tried = tried, .reason = feed.error_text});
  }
  return empty;
}

std::vector<views::PostCard> featured_cards(store::Reader& db, sys_seconds now) {
  std::vector<views::PostCard> cards;
  std::vector<store::RiverEntry> entries;
  for (const auto& pick : store::current_features(db, now)) {
    auto entry = store::find_entry(db, pick.entry);
    if (!entry) continue;
    cards.push_back(views::card_of(*entry, {.under_its_day = false, .of_one_blog = false}));
    cards.back().why = pick.sentence;
    cards.back().text.clear();
  }
  return cards;
}

std::vector<views::Link> topic_links(store::Reader& db) {
  std::vector<views::Link> links;
  for (const auto& topic : store::all_topics(db))
    if (topic.post_count > 0) links.push_back({topic.name, "/topics/" + topic.slug});
  return links;
}

std::vector<views::SideList> river_side(store::Reader& db, const Site& site) {
  const auto blogs = store::count_active_blogs(db);
  std::vector<views::SideList> side;
  side.push_back(
      {.heading = "About " + site.settings.site.title,
       .text = blogs == 0 ? std::string("The people who write about local-government digital work, read together.")
                          : fmt::format("The people who write about local-government digital work, read together: {}.",
                                        views::counted(blogs, "blog", "blogs")),
       .links = {{"All the blogs", "/blogs"},
                 {"A post from another council", "/random"},
                 {"Add your blog", "/add-your-blog"}},
       .as_topics = false});
  if (auto topics = topic_links(db); !topics.empty())
    side.push_back({.heading = "Topics", .text = "", .links = std::move(topics), .as_topics = true});
  side.push_back({.heading = "Keep up",
                  .text = "Read it where you like: in a feed reader, by e-mail, or here.",
                  .links = {{"Ways to subscribe", "/subscribe"},
                            {"What members discuss", "/conversations"},
                            {"Picked by the editors", "/featured"}},
                  .as_topics = false});
  return side;
}

std::vector<views::Link> without_links(store::Reader& db, const Listing& listing) {
  if (!listing.query.empty()) return {{"Show everything", "/"}};
  std::vector<views::Link> links;
  for (const auto& topic : store::all_topics(db))
    if (topic.is_kind_of_post && topic.post_count > 0)
      links.push_back({"Without " + to_ascii_lower(topic.name), "/?without=" + topic.slug});
  return links;
}

void say_state(views::BlogPage& page, const store::Blog& blog, const std::vector<store::FeedRow>& feeds,
               sys_seconds now) {
  const auto pulse = store::pulse_of(blog, now);
  page.state = tag_for(pulse);
  page.state_text = sentence_for(pulse, blog);
  for (const auto& feed : feeds)
    if (feed.failing_since && now - *feed.failing_since > days{1})
      page.state_text += (page.state_text.empty() ? "" : " ") +
                         std::string("We have not been able to read its feed since ") +
                         date_in_words(*feed.failing_since) + ".";
}

std::string words_for(store::Shown shown) {
  switch (shown) {
    case store::Shown::title: return "Titles only";
    case store::Shown::excerpt: return "The first lines of each post";
    case store::Shown::full: return "Whole posts";
  }
  return {};
}

std::string years_of(const store::Affiliation& a) {
  if (a.since && a.until) return fmt::format(" ({} to {})", date_in_words(*a.since), date_in_words(*a.until));
  if (a.since) return fmt::format(" (since {})", date_in_words(*a.since));
  if (a.until) return fmt::format(" (until {})", date_in_words(*a.until));
  return {};
}

std::vector<views::SummaryRow> blog_facts(store::Reader& db, const store::Blog& blog,
                                          const std::vector<store::FeedRow>& feeds) {
  std::vector<views::SummaryRow> rows;
  const auto add = [&](std::string key, std::string value, std::string url = {}) {
    if (value.empty()) return;
    views::SummaryRow row;
    row.key = std::move(key);
    row.value = std::move(value);
    row.value_url = std::move(url);
    rows.push_back(std::move(row));
  };
  const auto writers = store::writers_of(db, blog.id, kWritersLookedAt);
  const auto writer = std::ranges::find(writers, blog.author, &store::Person::name);
  add("Written by", blog.author, writer != writers.end() ? "/people/" + writer->slug : "");
  const auto affiliations = store::affiliations_of(db, blog.id);
  for (const auto& [organisation, affiliation] : affiliations)
    add("Organisation", organisation.name + years_of(affiliation), "/organisations/" + organisation.slug);
  if (affiliations.empty()) add("Organisation", blog.organisation);
  add("Kind of blog", views::words_for(blog.kind));
  add("Shown here", words_for(blog.shown));
  add("Licence", views::licence_name(blog.licence), blog.licence.starts_with("http") ? blog.licence : "");
  if (blog.last_post) add("Last post", date_in_words(*blog.last_post));
  add("Posts here", views::with_commas(blog.post_count));
  if (blog.joined) add("Joined", date_in_words(*blog.joined));
  for (const auto& feed : feeds) add("Its own feed", feed.url, feed.url);
  return rows;
}

views::ActivityChart chart_of(store::Reader& db, BlogId blog, sys_seconds now) {
  using namespace std::chrono;
  const auto today = year_month_day{floor<days>(london(now))};
  const auto first = year_month{today.year(), today.month()} - months{kChartMonths - 1};
  const auto counts = store::blog_months(db, blog, london_midnight(first / 1));
  views::ActivityChart chart;
  for (auto month = first; month <= year_month{today.year(), today.month()}; month += months{1}) {
    const auto start = london_midnight(month / 1);
    const auto name = date_in_words(start);
    views::ActivityChart::Month bar{.name = name.substr(name.find(' ') + 1), .posts = 0};
    for (const auto& count : counts)
      if (count.period == iso_day(start).substr(0, 7)) bar.posts = static_cast<int>(count.posts);
    chart.months.push_back(std::move(bar));
  }
  return chart;
}

}  // namespace

views::IndexPage empty_index(const Site& site, std::string heading, std::string intro) {
  return {.heading = std::move(heading),
          .intro = std::move(intro),
          .jumps = {},
          .groups = {},
          .empty = {},
          .pagination = {},
          .feeds = {},
          .base_url = site.settings.site.base_url};
}

views::PageHead head_of(const Request& request, std::string title, std::string description, std::string section) {
  views::PageHead head;
  head.title = std::move(title);
  head.description = std::move(description);
  head.path = request.path;
  head.section = std::move(section);
  head.theme = theme_of(request);
  if (request.viewer.signed_in())
    head.account = views::Account{.name = request.viewer.name,
                                  .form_token = request.viewer.form_token,
                                  .is_editor = request.viewer.role >= Role::editor};
  return head;
}

Response page(const Site& site, const views::PageHead& head, std::string_view name, const views::Model& model,
              int status) {
  if (!site.views) throw std::logic_error("this hub was started without pages");
  return html(site.views->page(head, name, model), status);
}

ListingPage listing_page(store::Reader& db, const Listing& listing, const Request& request, sys_seconds now,
                         const views::CardContext& context) {
  ListingPage result;
  const auto text = request.query.get("before");
  const auto before = text.empty() ? std::nullopt : store::parse_cursor(text);
  result.is_first = !before;
  if (before) result.place = "before " + moment_in_words(before->river_at);
  result.is_past_the_end = !text.empty() && !before;
  result.entries = entries_of(db, listing, now, before, kPostsPerPage + 1);
  const bool more = result.entries.size() > kPostsPerPage;
  if (more) result.entries.pop_back();
  if (result.entries.empty() && before) result.is_past_the_end = true;
  result.cards = cards_of(db, result.entries, context);
  const std::string separator = listing.query.empty() ? "?" : "&";
  if (more) {
    result.pagination.older_url =
        listing.page_address() + separator + "before=" + result.entries.back().cursor().text();
    result.pagination.older_label = "Older posts";
  }
  if (!result.is_first) {
    const auto newer = result.entries.empty() ? std::nullopt
                                              : store::page_before(db, {.filter = listing.filter,
                                                                        .now = now,
                                                                        .before = result.entries.front().cursor(),
                                                                        .limit = kPostsPerPage});
    result.pagination.newer_url =
        listing.page_address() + (newer ? separator + "before=" + newer->text() : std::string());
    result.pagination.newer_label = "Newer posts";
  }
  return result;
}

Response river_page(const Request& request, const Site& site, store::Reader& db) {
  const auto now = site.clock.now();
  const auto found = find_listing(db, site, "/", request.query);
  if (!found) return not_found();
  const auto& listing = *found;
  auto posts = listing_page(db, listing, request, now, {});
  if (posts.is_past_the_end) return see_other(listing.page_address());
  views::RiverPage river{
      .heading = listing.title.empty() ? "Latest posts" : listing.title,
      .intro = "What people who work on digital local government write, from their own blogs.",
      .narrower = without_links(db, listing),
      .featured = posts.is_first && listing.query.empty() ? featured_cards(db, now) : std::vector<views::PostCard>{},
      .days = views::by_day(posts.entries, posts.cards, true),
      .empty = {},
      .pagination = posts.pagination,
      .feeds = feed_links(listing, site),
      .base_url = site.settings.site.base_url,
      .within = {},
      .side = river_side(db, site),
      .marks_new = posts.is_first};
  if (posts.entries.empty()) river.empty = nothing_fetched_yet(db);
  auto head = head_of(
      request,
      posts.is_first && listing.query.empty() ? ""
      : posts.is_first                        ? river.heading
                                              : "Posts " + posts.place,
      "The latest posts about digital work in local government, gathered from the blogs of the people who do it.",
      "latest");
  head.path = posts.is_first ? listing.page_address() : "";
  if (!posts.is_first) head.indexing = views::Indexing::no;
  if (!listing.query.empty()) head.feeds = {feed_links(listing, site)};
  if (posts.is_first)
    head.json_ld = views::front_page_ld(
        {.name = site.settings.site.title, .description = head.description, .url = site.address_of("/")}, posts.cards,
        site.settings.site.base_url);
  return page(site, head, "river", model_of(river));
}

Response blog_page(const Request& request, const Site& site, store::Reader& db) {
  const auto now = site.clock.now();
  const auto blog = store::find_blog_by_slug(db, request.captures.get("slug"));
  if (!blog) return not_found();
  if (blog->state == store::BlogState::left) return gone();
  const auto listing = find_listing(db, site, request.path, request.query);
  if (!listing) return not_found();
  auto posts = listing_page(db, *listing, request, now, {.under_its_day = true, .of_one_blog = true});
  if (posts.is_past_the_end) return see_other(listing->page_address());
  const auto feeds = store::feeds_of(db, blog->id);
  views::BlogPage view{.title = blog->title,
                       .description = blog->description,
                       .language = starts_with_ignoring_case(blog->language, "en") ? "" : blog->language,
                       .home_url = blog->home_url,
                       .icon_url = icon_address(db, *blog),
                       .state = {},
                       .state_text = {},
                       .facts = blog_facts(db, *blog, feeds),
                       .chart = chart_of(db, blog->id, now),
                       .own_feed_url = feeds.empty() ? "" : feeds.front().url,
                       .days = views::by_day(posts.entries, posts.cards, false),
                       .empty = {},
                       .pagination = posts.pagination,
                       .feeds = feed_links(*listing, site),
                       .base_url = site.settings.site.base_url,
                       .within = {.heading = "Search this blog", .name = "blog", .value = blog->slug}};
  say_state(view, *blog, feeds, now);
  if (posts.entries.empty())
    view.empty = {.heading = "No posts yet",
                  .text = "Nothing has come from this blog's feed so far.",
                  .next = {"Visit the blog itself", blog->home_url.empty() ? "/blogs" : blog->home_url},
                  .feeds = {}};
  // The hub's own blog is also the page "/guest-posts"; two pages need two names.
  const auto name = blog->kind == store::BlogKind::hub ? blog->title + " by day" : blog->title;
  auto head =
      head_of(request, posts.is_first ? name : name + ", " + posts.place,
              std::string(utf8_prefix(blog->description.size() < kTellsLittle ? listing->description
                                                                              : blog->title + ": " + blog->description,
                                      200)),
              "blogs");
  if (!posts.is_first) head.indexing = views::Indexing::no;
  head.feeds = {feed_links(*listing, site)};
  head.json_ld =
      views::blog_ld({.name = blog->title, .description = head.description, .url = site.address_of(listing->path)},
                     blog->home_url, blog->author);
  return page(site, head, "blog", model_of(view));
}

}  // namespace voice::server
