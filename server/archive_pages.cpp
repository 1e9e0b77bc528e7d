// The archive: every year, month and day that has posts, each at an address that says it.
#include <fmt/format.h>

#include "base/text.h"
#include "base/time.h"
#include "server/listing.h"
#include "server/periods.h"
#include "server/post_lines.h"
#include "server/reader_pages.h"
#include "store/archive.h"
#include "views/index_page.h"

namespace voice::server {
namespace {
using namespace std::chrono;

year_month_day london_date(sys_seconds t) { return year_month_day{floor<days>(london(t))}; }

std::string month_words(year_month month) {
  const auto words = date_in_words(london_midnight(month / 1) + hours{12});
  return words.substr(words.find(' ') + 1);
}

std::string day_path(sys_seconds t) { return "/" + replace_all(iso_day(t), "-", "/"); }

// Where to go from a period without posts.
views::EmptyRiver nearest(store::Reader& db, sys_seconds from, sys_seconds until, sys_seconds now) {
  views::EmptyRiver empty{.heading = "No posts in this time",
                          .text = "Nobody we carry published anything then.",
                          .next = {"The archive", "/archive"},
                          .feeds = {}};
  if (const auto before = store::last_post_before(db, from))
    empty.next = {"Posts of " + day_in_words(*before), day_path(*before)};
  else if (const auto after = store::first_post_from(db, until, now))
    empty.next = {"Posts of " + day_in_words(*after), day_path(*after)};
  return empty;
}

// The months of a year that have posts and have begun, newest first.
views::IndexGroup months_of(store::Reader& db, year in, sys_seconds now) {
  views::IndexGroup group;
  const auto until = std::min(london_midnight((in + years{1}) / 1 / 1), now);
  for (const auto& count : store::months_with_posts(db, london_midnight(in / 1 / 1), until))
    group.items.push_back({.text = month_words(in / month{static_cast<unsigned>(std::stoi(count.period.substr(5, 2)))}),
                           .url = "/" + replace_all(count.period, "-", "/"),
                           .note = views::counted(count.posts, "post", "posts"),
                           .language = {}});
  return group;
}

}  // namespace

Response archive_page(const Request& request, const Site& site, store::Reader& db) {
  auto view = empty_index(site, "Archive", "Every post we have, by year, month and day.");
  const auto now = site.clock.now();
  if (const auto span = store::span_of_posts(db, now)) {
    const auto newest = london_date(span->newest).year();
    view.groups.push_back(months_of(db, newest, now));
    view.groups.back().heading = fmt::format("{}", int{newest});
    views::IndexGroup earlier{.heading = "Earlier years", .id = {}, .items = {}};
    for (auto y = newest - years{1}; y >= london_date(span->oldest).year(); --y)
      earlier.items.push_back(
          {.text = fmt::format("{}", int{y}), .url = fmt::format("/{}", int{y}), .note = {}, .language = {}});
    if (!earlier.items.empty()) view.groups.push_back(std::move(earlier));
  } else {
    view.empty = {.heading = "There is nothing in the archive yet",
                  .text = "Every post that arrives is kept here by its day.",
                  .next = {"The latest posts", "/"},
                  .feeds = {}};
  }
  return page(site, head_of(request, "Archive", view.intro, "latest"), "index", model_of(view));
}

namespace {
// A page of months or days, with the feeds of their posts.
Response index_of_period(const Request& request, const Site& site, store::Reader& db, views::IndexPage view) {
  auto head = head_of(request, view.heading, view.intro, "latest");
  if (const auto listing = find_listing(db, site, request.path, {})) {
    view.feeds = feed_links(*listing, site);
    head.feeds = {view.feeds};
  }
  return page(site, head, "index", model_of(view));
}

Response year_page(const Request& request, const Site& site, store::Reader& db, const Period& period) {
  const auto now = site.clock.now();
  auto view = empty_index(site, "Posts of " + period.words, "The months of this year that have posts.");
  auto group = months_of(db, period.first.year(), now);
  if (group.items.empty())
    view.empty = nearest(db, period.from, period.until, now);
  else
    view.groups.push_back(std::move(group));
  return index_of_period(request, site, db, std::move(view));
}

Response month_page(const Request& request, const Site& site, store::Reader& db, const Period& period) {
  const auto now = site.clock.now();
  const auto month = period.first.year() / period.first.month();
  const auto [from, until] = std::pair(period.from, period.until);
  auto view = empty_index(site, "Posts of " + period.words, "The days of this month that have posts.");
  views::IndexGroup group;
  for (const auto& count : store::days_with_posts(db, from, std::min(until, now))) {
    const auto day =
        london_midnight(month / std::chrono::day{static_cast<unsigned>(std::stoi(count.period.substr(8, 2)))});
    const auto words = day_in_words(day + hours{12});
    group.items.push_back({.text = words.substr(0, words.rfind(' ')),  // the heading says the year
                           .url = "/" + replace_all(count.period, "-", "/"),
                           .note = views::counted(count.posts, "post", "posts"),
                           .language = {}});
  }
  if (group.items.empty())
    view.empty = nearest(db, from, until, now);
  else
    view.groups.push_back(std::move(group));
  if (const auto before = store::last_post_before(db, from)) {
    const auto d = london_date(*before);
    view.pagination.older_url = fmt::format("/{:04}/{:02}", int{d.year()}, unsigned{d.month()});
    view.pagination.older_label = month_words(d.year() / d.month());
  }
  if (const auto after = store::first_post_from(db, until, now)) {
    const auto d = london_date(*after);
    view.pagination.newer_url = fmt::format("/{:04}/{:02}", int{d.year()}, unsigned{d.month()});
    view.pagination.newer_label = month_words(d.year() / d.month());
  }
  return index_of_period(request, site, db, std::move(view));
}

Response day_page(const Request& request, const Site& site, store::Reader& db, const Period& period,
                  const Listing& listing) {
  const auto now = site.clock.now();
  const auto [from, until] = std::pair(period.from, period.until);
  auto posts = listing_page(db, listing, request, now, {});
  if (posts.is_past_the_end) return see_other(listing.path);
  views::RiverPage view{.heading = period.words,
                        .intro = {},
                        .narrower = {},
                        .featured = {},
                        .days = views::by_day(posts.entries, posts.cards, true),
                        .empty = {},
                        .pagination = posts.pagination,
                        .feeds = feed_links(listing, site),
                        .base_url = site.settings.site.base_url,
                        .side = {},
                        .marks_new = false};
  // The page's own heading says the day.
  for (auto& group : view.days) {
    group.heading = views::counted(static_cast<std::int64_t>(posts.entries.size()), "post", "posts");
    group.url.clear();
  }
  if (posts.entries.empty()) view.empty = nearest(db, from, until, now);
  const auto before = store::last_post_before(db, from), after = store::first_post_from(db, until, now);
  if (before && view.pagination.older_url.empty())
    view.pagination.older_url = day_path(*before), view.pagination.older_label = day_in_words(*before);
  if (after && view.pagination.newer_url.empty())
    view.pagination.newer_url = day_path(*after), view.pagination.newer_label = day_in_words(*after);
  view.side.push_back({.heading = "More of the archive",
                       .text = {},
                       .links = {{month_words(period.first.year() / period.first.month()), request.path.substr(0, 8)},
                                 {request.path.substr(1, 4), request.path.substr(0, 5)},
                                 {"All years", "/archive"}},
                       .as_topics = false});
  auto head = head_of(request, listing.title, listing.description, "latest");
  head.feeds = {feed_links(listing, site)};
  return page(site, head, "river", model_of(view));
}

}  // namespace

Response dated_page(const Request& request, const Site& site, store::Reader& db) {
  const auto period = parse_period(request.path, site.clock.now());
  const auto listing = period ? find_listing(db, site, request.path, {}) : std::nullopt;
  if (!listing) return not_found();
  switch (period->length) {
    case Period::Length::year: return year_page(request, site, db, *period);
    case Period::Length::month: return month_page(request, site, db, *period);
    case Period::Length::day: break;
  }
  return day_page(request, site, db, *period, *listing);
}

}  // namespace voice::server
