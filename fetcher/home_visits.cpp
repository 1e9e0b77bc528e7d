#include "fetcher/home_visits.h"

#include "base/url.h"
#include "fetcher/page.h"
#include "fetcher/robots.h"
#include "fetcher/websub_links.h"
#include "store/homes.h"
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
  Visit(HomeVisits& parts, const store::HomeToVisit& home)
      : parts_(parts), home_(home), agent_(plain_user_agent(parts.settings.site.base_url)) {
    limits_.total = milliseconds{4000};  // nothing interrupts this, and a hub stops within five seconds
  }

  void run() {
    const auto url = parse_url(home_.home_url);
    if (!url || !url->is_web() || !may_fetch(*url)) return;
    const auto page = fetch_page(parts_.client, home_.home_url, agent_, limits_);
    if (page) take_hub(*page);
    parts_.log.info("home blog={} url={} read={}", home_.blog.value, home_.home_url, page ? "yes" : "no");
  }

 private:
  // RFC 9309, 2.3.1: a robots.txt that is not there allows everything, one that cannot be had forbids it.
  bool may_fetch(const Url& url) {
    const auto robots = fetch_page(parts_.client, url.origin() + "/robots.txt", agent_, limits_);
    if (!robots) return robots.failure().status >= 400 && robots.failure().status < 500;
    return robots_allow(robots->body, "voice", url.path + (url.query ? "?" + *url.query : std::string()));
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
    Visit(parts, home).run();
    ++visited;
  }
  return visited;
}

}  // namespace voice::fetcher
