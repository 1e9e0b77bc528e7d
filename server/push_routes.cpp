// WebSub, both ways, and the older pings: what hubs and blogs tell us, and who asks our hub.
//
// Only a push signed with the secret that we gave the hub is believed about content: its entries are read as if they had been
// fetched. Whatever else comes in makes a feed due a little sooner, and what is stored then comes from the feed's own address.
#include <algorithm>

#include "base/numbers.h"
#include "base/text.h"
#include "base/url.h"
#include "feeds/ping.h"
#include "fetcher/push_inbox.h"
#include "fetcher/push_signature.h"
#include "fetcher/push_subscriber.h"
#include "server/rebroadcast.h"
#include "server/routes.h"
#include "store/clouds.h"
#include "store/feed_state.h"
#include "store/hub_subscribers.h"
#include "store/push.h"

namespace voice::server {
namespace {

using std::chrono::seconds;

constexpr std::size_t kPushLimit = 8 << 20;  // a fat ping is a whole feed
constexpr seconds kPendingFor{3600};         // how long after we asked a hub may verify
constexpr seconds kLeastLease{300};
constexpr seconds kUsualLease{864'000};
constexpr seconds kLongestLease{30 * 86400};
constexpr std::size_t kLongestSecret = 200;  // WebSub, 5.1: "less than 200 bytes"
constexpr std::size_t kLongestAddress = 2000;

std::optional<std::int64_t> parse_seconds(std::string_view text) {
  const auto number = parse_number<std::int64_t>(text);
  return number && *number >= 0 ? number : std::nullopt;
}

// --- as a subscriber ---------------------------------------------------------------------------------------------------

bool is_pending(const store::PushSubscription& push, sys_seconds now) {
  return push.asked && now - *push.asked <= kPendingFor;
}

// A hub asks whether a subscription is really to end.
Response verify_end(const Request& request, const Site& site, store::Reader& db) {
  const auto ending = store::find_ending(db, request.captures.get("token"));
  const auto challenge = request.query.get("hub.challenge");
  const bool ours = ending && request.query.get("hub.topic") == ending->topic_url;
  if (!ours || challenge.empty() || site.push_inbox == nullptr) return not_found();
  site.push_inbox->put(fetcher::Ended{ending->token});
  return plain(challenge);
}

// A hub asks whether we really want this. Yes only to what we asked for ourselves, a short while ago.
Response verify_subscription(const Request& request, const Site& site, store::Reader& db) {
  const auto push = store::find_push_by_token(db, request.captures.get("token"));
  const auto mode = request.query.get("hub.mode");
  if (mode == "unsubscribe") return verify_end(request, site, db);
  if (!push || site.push_inbox == nullptr || request.query.get("hub.topic") != push->topic_url) return not_found();
  if (mode == "denied") {
    site.push_inbox->put(fetcher::Denied{
        push->feed, "the hub refused: " + std::string(utf8_prefix(repair_utf8(request.query.get("hub.reason")), 200))});
    return plain("");
  }
  const auto challenge = request.query.get("hub.challenge");
  if (mode != "subscribe" || challenge.empty() || !is_pending(*push, site.clock.now())) return not_found();
  const seconds lease{parse_seconds(request.query.get("hub.lease_seconds")).value_or(fetcher::kPushLease.count())};
  site.push_inbox->put(fetcher::Verified{push->feed, std::clamp(lease, kLeastLease, kLongestLease)});
  return plain(challenge);
}

// False where the push is to be a hint: nothing is in it, nothing here reads, or there is no room.
bool hand_on(const Request& request, const Site& site, FeedId feed) {
  if (site.push_inbox == nullptr || trim(std::string_view(request.body).substr(0, 4096)).empty()) return false;
  return site.push_inbox->put(fetcher::PushedDocument{
      .feed = feed, .content_type = std::string(request.header("Content-Type")), .body = request.body});
}

// WebSub, 7.1: a push that is not signed as agreed is ignored, but answered like any other, so that nobody can probe secrets.
Response take_push(const Request& request, const Site& site, store::Database& database) {
  const auto push = store::find_push_by_token(*database.reader(), request.captures.get("token"));
  if (!push) return gone();
  if (!fetcher::is_signed(request.header("X-Hub-Signature"), push->secret, request.body)) {
    site.log.warning("push feed={} hub={} signed=no", push->feed.value, push->hub_url);
    return no_content();
  }
  const auto now = site.clock.now();
  const bool rested = !push->last_push || now - *push->last_push >= fetcher::kPushFloor;
  const bool handed_on = rested && hand_on(request, site, push->feed);
  database.write([&](store::Writer& db) {
    store::push_came(db, push->feed, now);
    if (!handed_on)
      store::make_due(db, push->feed, now, std::min(fetcher::kPushFloor, site.settings.fetch.min_interval));
  });
  site.poke_poller();
  return no_content();
}

// --- as a hub ------------------------------------------------------------------------------------------------------------

bool is_our_feed(const Site& site, std::string_view topic) {
  const auto& base = site.settings.site.base_url;
  if (topic.size() <= base.size() || !topic.starts_with(base) || topic[base.size()] != '/') return false;
  const auto path = topic.substr(0, topic.find_first_of("?#"));
  return path.ends_with(ending_of(FeedFormat::atom)) || path.ends_with(ending_of(FeedFormat::rss)) ||
         path.ends_with(ending_of(FeedFormat::json));
}

Response refuse(const std::string& why) { return plain(why + "\n", 400); }

Response ask_hub(const Request& request, const Site& site, store::Database& database) {
  if (!site.settings.push.hub) return not_found();
  const auto& form = request.form;
  const auto mode = form.get("hub.mode");
  if (mode != "subscribe" && mode != "unsubscribe") return refuse("hub.mode must be subscribe or unsubscribe");
  store::HubRequest asked;
  asked.mode = mode == "subscribe" ? store::HubMode::subscribe : store::HubMode::unsubscribe;
  asked.topic = form.get("hub.topic");
  asked.callback = form.get("hub.callback");
  asked.secret = form.get("hub.secret");
  if (!is_our_feed(site, asked.topic)) return refuse("hub.topic must be one of this site's feeds");
  const auto callback = parse_url(asked.callback);
  if (!callback || !callback->is_web() || asked.callback.size() > kLongestAddress)
    return refuse("hub.callback must be an http or https address");
  if (asked.secret.size() >= kLongestSecret) return refuse("hub.secret must be shorter than 200 bytes");
  const auto lease = parse_seconds(form.get("hub.lease_seconds"));
  asked.lease = std::clamp(seconds{lease.value_or(kUsualLease.count())}, kLeastLease, kLongestLease);
  const auto now = site.clock.now();
  if (site.push_inbox != nullptr && !site.push_inbox->admit("hub " + request.address, now)) return failure(429);
  const bool taken = database.write([&](store::Writer& db) { return store::add_hub_request(db, asked, now); });
  return taken ? plain("", 202) : failure(503);
}

// --- pings -----------------------------------------------------------------------------------------------------------------

// True where the ping named a feed of ours. Anybody can send one, so it waits for the floor like a person does.
bool take_hint(const Request& request, const Site& site, store::Database& database,
               const std::vector<std::string>& addresses) {
  const auto now = site.clock.now();
  if (site.push_inbox != nullptr && !site.push_inbox->admit(request.address, now)) return false;
  for (const auto& address : addresses) {
    const auto feed = store::find_feed_of(*database.reader(), address);
    if (!feed) continue;
    database.write([&](store::Writer& db) { store::make_due(db, *feed, now, site.settings.fetch.min_interval); });
    site.poke_poller();
    return true;
  }
  return false;
}

// rssCloud: "url=..." says that this feed has news.
Response take_cloud_ping(const Request& request, const Site& site, store::Database& database) {
  const auto url = request.form.get("url");
  if (url.empty()) return refuse("url is missing");
  take_hint(request, site, database, {url});
  return plain("");
}

// rssCloud asks with a challenge whether a callback wants to be one: for feeds whose cloud we asked ourselves.
Response answer_cloud_challenge(const Request& request, const Site&, store::Reader& db) {
  const auto challenge = request.query.get("challenge");
  const auto feed = store::find_feed_of(db, request.query.get("url"));
  if (challenge.empty() || !feed || !store::find_cloud(db, *feed)) return not_found();
  return plain(challenge);
}

// weblogUpdates.ping(name, url) and extendedPing(name, url, changes, feed).
Response take_xml_rpc_ping(const Request& request, const Site& site, store::Database& database) {
  const auto answer = [](bool failed, std::string_view message) {
    return content(feeds::write_ping_answer(failed, message), "text/xml; charset=utf-8");
  };
  const auto ping = feeds::read_ping(request.body);
  if (!ping) return answer(true, ping.error().what);
  const bool known = take_hint(request, site, database, *ping);
  return answer(!known, known ? "Thank you for the ping." : "This blog is not a member here.");
}

}  // namespace

void add_push_routes(Router& router) {
  router.get("/push/{token}", Who::machine, verify_subscription);
  router.post("/push/{token}", Who::machine, take_push, kPushLimit);
  router.post(std::string(kHubPath), Who::machine, ask_hub);
  router.get("/rsscloud", Who::machine, answer_cloud_challenge);
  router.post("/rsscloud", Who::machine, take_cloud_ping);
  router.post("/ping", Who::machine, take_xml_rpc_ping);
}

}  // namespace voice::server
