#include "fetcher/home_visits.h"

#include "base/text.h"
#include "base/url.h"
#include "content/icon.h"
#include "content/page_claims.h"
#include "fetcher/page.h"
#include "fetcher/robots.h"
#include "fetcher/websub_links.h"
#include "store/homes.h"
#include "store/icons.h"
#include "store/push.h"

namespace voice::fetcher {
namespace {

using std::chrono::days;
using std::chrono::seconds;

constexpr int kAtOnce = 20;
constexpr days kEvery{30};
constexpr seconds kApart{60};  // from a poll of the blog's feed

class Visit {
 public:
  Visit(HomeVisits& parts, const store::HomeToVisit& home, const std::stop_token& stop)
      : parts_(parts), home_(home), stop_(stop), agent_(plain_user_agent(parts.settings.site.base_url)) {
    limits_.total = milliseconds{4000};  // nothing interrupts this, and a hub stops within five seconds
  }

  void run() {
    const auto url = parse_url(home_.home_url);
    if (!url || !url->is_web() || !may_fetch(*url)) return;
    const auto page = ask(home_.home_url, limits_);
    if (page) {
      take_hub(*page);
      take_icon(*page);
    }
    parts_.log.info("home blog={} url={} read={}", home_.blog.value, home_.home_url, page ? "yes" : "no");
  }

 private:
  // RFC 9309, 2.3.1: a robots.txt that is not there allows everything, one that cannot be had forbids it.
  bool may_fetch(const Url& url) {
    const auto robots = ask(url.origin() + "/robots.txt", limits_);
    if (!robots) return is_missing(robots.failure());
    robots_ = {.origin = url.origin(), .text = robots->body};
    return allows(url);
  }
  bool allows(const Url& url) const {
    return url.origin() != robots_.origin ||
           robots_allow(robots_.text, "voice", url.path + (url.query ? "?" + *url.query : std::string()));
  }

  static bool is_missing(const Failure& failure) { return failure.status >= 400 && failure.status < 500; }

  PageOutcome ask(const std::string& url, const Limits& limits) {
    if (asked_ && !stop_.stop_requested()) parts_.client.drive(parts_.spacing);
    asked_ = true;
    if (stop_.stop_requested()) return failure(FailureClass::cancelled);
    return fetch_page(parts_.client, url, agent_, limits);
  }

  // The first that the page names and that is no SVG, then the address that browsers guess. What is there and is no picture
  // takes an older icon away, what cannot be had just now does not.
  void take_icon(const Page& page) {
    auto limits = limits_;
    limits.body_bytes = limits.wire_bytes = content::kLongestIcon;
    bool had = true;
    for (const auto& address : icons_of(page)) {
      const auto icon = ask(address, limits);
      if (const auto type = icon ? content::icon_type(icon->body) : std::string_view(); !type.empty())
        return parts_.database.write([&](store::Writer& db) { store::put_icon(db, home_.blog, type, icon->body); });
      had = had && (icon || is_missing(icon.failure()));
    }
    if (had) parts_.database.write([&](store::Writer& db) { store::remove_icon(db, home_.blog); });
  }

  std::vector<std::string> icons_of(const Page& page) const {
    std::vector<std::string> addresses;
    const auto add = [&](const std::string& address) {
      const auto url = parse_url(address);
      if (!url || !url->is_web() || to_ascii_lower(url->path).ends_with(".svg") || !allows(*url)) return false;
      addresses.push_back(address);
      return true;
    };
    for (const auto& address : content::links_with_rel(page.body, "icon", page.url))
      if (add(address)) break;
    if (const auto url = parse_url(page.url)) {
      const auto guess = url->origin() + "/favicon.ico";
      if (addresses.empty() || addresses.front() != guess) add(guess);
    }
    return addresses;
  }

  // What the feed itself says counts more than what its page says.
  void take_hub(const Page& page) {
    if (!parts_.settings.push.subscribe) return;
    const auto current = store::find_push(*parts_.database.reader(), home_.feed);
    if (current && !current->from_page) return;
    const auto offer = offered_hub(page);
    if (!offer && current) return parts_.database.write([&](store::Writer& db) { store::drop_push(db, home_.feed); });
    if (!offer || (current && current->hub_url == offer->hub && current->topic_url == offer->topic)) return;
    const store::NewPush wanted{.hub_url = offer->hub,
                                .topic_url = offer->topic,
                                .token = parts_.chance.token(),
                                .secret = parts_.chance.token(),
                                .from_page = true};
    parts_.database.write([&](store::Writer& db) { store::want_push(db, home_.feed, wanted, parts_.clock.now()); });
  }

  HomeVisits& parts_;
  const store::HomeToVisit& home_;
  const std::stop_token& stop_;
  struct {
    std::string origin;  ///< empty: there are no rules
    std::string text;
  } robots_;
  bool asked_ = false;
  std::string agent_;
  Limits limits_ = impatient_limits();
};

}  // namespace

int visit_homes(HomeVisits parts, const std::stop_token& stop) {
  const auto now = parts.clock.now();
  int visited = 0;
  for (const auto& home : store::homes_to_visit(*parts.database.reader(), now, now - kEvery, kApart, kAtOnce)) {
    if (stop.stop_requested()) break;
    // Written first: a home that is never answered, or ends the process, waits its month like the others.
    parts.database.write([&](store::Writer& db) { store::home_visited(db, home.blog, now); });
    Visit(parts, home, stop).run();
    ++visited;
  }
  return visited;
}

}  // namespace voice::fetcher
