#include "server/prose_pages.h"

#include <fmt/format.h>

#include "base/time.h"
#include "fetcher/http_client.h"
#include "server/reader_pages.h"
#include "store/archive.h"
#include "store/fetch_figures.h"
#include "store/poll_sums.h"
#include "store/topics.h"
#include "views/prose_page.h"

namespace voice::server {
namespace {

// "every 2 hours", "every day"
std::string every(std::chrono::seconds length) {
  const auto in = [](std::int64_t n, const char* one, const char* many) {
    return "every " + (n == 1 ? std::string(one) : views::counted(n, one, many));
  };
  const auto n = length.count();
  if (n % 86400 == 0) return in(n / 86400, "day", "days");
  if (n % 3600 == 0) return in(n / 3600, "hour", "hours");
  if (n % 60 == 0) return in(n / 60, "minute", "minutes");
  return in(n, "second", "seconds");
}

std::string capitalised(std::string words) {
  words[0] = static_cast<char>(words[0] - 'a' + 'A');
  return words;
}

views::SummaryRow row(std::string key, std::string value) {
  views::SummaryRow made;
  made.key = std::move(key);
  made.value = std::move(value);
  return made;
}

views::ProsePage prose(const Site& site) {
  const auto& s = site.settings.site;
  return {.site = s.title, .base_url = s.base_url, .contact_email = s.contact_email, .facts = {}};
}

Response plain_page(const Request& request, const Site& site, std::string title, std::string description,
                    const char* name, const views::ProsePage& view) {
  return page(site, head_of(request, std::move(title), std::move(description), ""), name, model_of(view));
}

}  // namespace

Response about_page(const Request& request, const Site& site, store::Reader& db) {
  auto view = prose(site);
  view.facts.push_back(row("Blogs", views::with_commas(store::count_active_blogs(db))));
  if (const auto span = store::span_of_posts(db, site.clock.now()))
    view.facts.push_back(row("Oldest post", date_in_words(span->oldest)));
  return plain_page(request, site, "About", "What this hub is, how posts are ordered, who runs it and who can join.",
                    "about", view);
}

Response handling_page(const Request& request, const Site& site, store::Reader&) {
  const auto& fetch = site.settings.fetch;
  auto view = prose(site);
  view.facts = {row("At first", capitalised(every(fetch.first_interval))),
                row("Never more often than", capitalised(every(fetch.min_interval))),
                row("At least", capitalised(every(fetch.max_interval)) +
                                    ", unless your server asks us to wait or nothing was written for a year"),
                row("Spread", fmt::format("Up to {:.0f}% later, by chance, so that we do not come on the hour",
                                          fetch.jitter * 100))};
  return plain_page(request, site, "How we handle your feed",
                    "How often we read a member’s feed, what we show and keep, and how to pause or leave.", "handling",
                    view);
}

Response bot_page(const Request& request, const Site& site, store::Reader& db) {
  const auto figures = store::fetch_figures(db, site.clock.now());
  const auto month = store::poll_sums(db, site.clock.now() - std::chrono::hours{24 * 30});
  auto view = prose(site);
  view.facts = {
      row("It calls itself", fetcher::plain_user_agent(site.settings.site.base_url)),
      row("Feeds it reads", views::with_commas(figures.feeds)),
      row("Feeds asked in the last day", views::with_commas(figures.polled_last_day)),
      row("Failing now", views::with_commas(figures.failing)),
      row("Last request", figures.last_poll
                              ? date_in_words(*figures.last_poll) + " at " + time_in_words(*figures.last_poll)
                              : std::string("None yet")),
      row("Answered \u201cnothing new\u201d", fmt::format("{:.0f}% of {} requests in 30 days, without sending the feed",
                                                          month.not_modified_share() * 100, month.polls)),
      row("Most often", "One request a feed " + every(site.settings.fetch.min_interval))};
  return plain_page(request, site, "Our fetcher", "What our feed fetcher asks for, how often, and how to stop it.",
                    "bot", view);
}

Response privacy_page(const Request& request, const Site& site, store::Reader&) {
  return plain_page(request, site, "Privacy",
                    "What we know about readers (nothing), writers and editors, and your rights.", "privacy",
                    prose(site));
}

Response accessibility_page(const Request& request, const Site& site, store::Reader&) {
  return plain_page(request, site, "Accessibility statement",
                    "How accessible this site is, how it was tested, and whom to tell.", "accessibility", prose(site));
}

Response cookies_page(const Request& request, const Site& site, store::Reader&) {
  return plain_page(request, site, "Cookies", "The few cookies this site sets, and when.", "cookies", prose(site));
}

Response contact_page(const Request& request, const Site& site, store::Reader&) {
  return plain_page(request, site, "Contact", "How to reach whoever runs this hub, and whom to ask about a post.",
                    "contact", prose(site));
}

Response subscribe_page(const Request& request, const Site& site, store::Reader& db) {
  const auto& base = site.settings.site.base_url;
  views::SubscribePage view{
      .site = site.settings.site.title,
      .base_url = base,
      .river = {{"feed-atom", "All posts, as Atom", base + "/feed.atom"},
                {"feed-rss", "All posts, as RSS", base + "/feed.rss"},
                {"feed-json", "All posts, as JSON Feed", base + "/feed.json"},
                {"feed-featured", "Only what the editors picked, as Atom", base + "/featured.atom"}},
      .topics = {},
      .opml_url = base + "/members.opml"};
  for (const auto& topic : store::all_topics(db)) view.topics.push_back({topic.name, "/topics/" + topic.slug});
  auto head = head_of(request, "Ways to subscribe",
                      "How to follow these posts in a feed reader, by topic, or blog by blog.", "subscribe");
  return page(site, head, "subscribe", model_of(view));
}

}  // namespace voice::server
