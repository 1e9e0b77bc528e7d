#include "fetcher/push_subscriber.h"

#include <algorithm>

#include "base/url.h"
#include "fetcher/asking_hubs.h"
#include "fetcher/page.h"

namespace voice::fetcher {
namespace {

using std::chrono::seconds;

constexpr int kAtOnce = 10;  // requests begun in one turn
constexpr int kHops = 3;
constexpr seconds kPatience{600};  // for a hub that took our request and never verified it
constexpr int kGoodbyes = 3;       // how often a hub is told that a subscription is over
constexpr seconds kBetweenGoodbyes{86400};
constexpr seconds kAfterDenial{7 * 86400};

}  // namespace

std::string callback_url(const config::Settings& settings, std::string_view token) {
  return settings.site.base_url + "/push/" + std::string(token);
}

void PushSubscriber::turn() {
  write_down();
  if (settings_.push.subscribe) renew();
  end();
}

void PushSubscriber::renew() {
  const auto now = clock_.now();
  const auto due = store::due_pushes(*database_.reader(), now, kAtOnce);
  for (const auto& push : due) {
    if (!can_be_called_by(settings_, push.hub_url)) {
      fail(push, "this hub's own address is not public, so no hub can call it", store::PushState::failed);
      continue;
    }
    // Written first: a process that dies in between asks again later, not at once.
    const auto again = now + std::max(kPatience, wait_after_failures(push.failures) / 6);
    database_.write([&](store::Writer& db) { store::push_asked(db, push.feed, now, again); });
    ask(push, push.hub_url, 0);
  }
}

void PushSubscriber::end() {
  const auto now = clock_.now();
  for (const auto& ending : store::due_endings(*database_.reader(), now, kAtOnce)) {
    const bool enough = ending.tries >= kGoodbyes;
    database_.write([&](store::Writer& db) {
      if (enough)
        store::forget_ending(db, ending.token);
      else
        store::ending_asked(db, ending.token, now + kBetweenGoodbyes);
    });
    if (!enough) say_goodbye(ending, ending.hub_url, 0);
  }
}

// Whatever the hub answers, it is asked again until it verifies or has been asked often enough; its lease ends anyway.
void PushSubscriber::say_goodbye(store::PushEnding ending, std::string hub_url, int hops) {
  auto request = request_to(hub_url, "unsubscribe", ending.topic_url, ending.token);
  client_.start(std::move(request),
                [this, ending = std::move(ending), hub_url = std::move(hub_url), hops](const HttpAnswer& answer) {
                  if (!answer.failure && (answer.status == 307 || answer.status == 308) && hops < kHops) {
                    if (const auto next = redirect_target(hub_url, answer); !next.failure)
                      return say_goodbye(ending, next.to, hops + 1);
                  }
                  log_.info("push topic={} hub={} ended status={}", ending.topic_url, hub_url, answer.status);
                });
}

void PushSubscriber::write_down() {
  const auto events = inbox_.take();
  if (events.empty()) return;
  const auto now = clock_.now();
  database_.write([&](store::Writer& db) {
    for (const auto& event : events) {
      if (const auto* verified = std::get_if<Verified>(&event))
        store::push_active(db, verified->feed, verified->lease, now);
      else if (const auto* denied = std::get_if<Denied>(&event))
        store::push_failed(db, denied->feed, store::PushState::refused, denied->reason, now + kAfterDenial);
      else if (const auto* ended = std::get_if<Ended>(&event))
        store::forget_ending(db, ended->token);
    }
  });
}

HttpRequest PushSubscriber::request_to(const std::string& hub_url, const char* mode, const std::string& topic,
                                       const std::string& token) const {
  HttpRequest request;
  request.url = hub_url;
  request.method = Method::post;
  request.user_agent = plain_user_agent(settings_.site.base_url);
  request.body = form_of({{"hub.mode", mode}, {"hub.topic", topic}, {"hub.callback", callback_url(settings_, token)}});
  return request;
}

void PushSubscriber::ask(store::PushSubscription push, std::string hub_url, int hops) {
  auto request = request_to(hub_url, "subscribe", push.topic_url, push.token);
  request.body +=
      "&" + form_of({{"hub.secret", push.secret}, {"hub.lease_seconds", std::to_string(kPushLease.count())}});
  client_.start(std::move(request), [this, push = std::move(push), hub_url = std::move(hub_url),
                                     hops](const HttpAnswer& answer) { answered(push, hub_url, hops, answer); });
}

void PushSubscriber::answered(const store::PushSubscription& push, const std::string& hub_url, int hops,
                              const HttpAnswer& answer) {
  if (answer.failure) {
    if (answer.failure->kind != FailureClass::cancelled) fail(push, answer.failure->sentence, store::PushState::failed);
    return;
  }
  if ((answer.status == 307 || answer.status == 308) && hops < kHops) {
    const auto next = redirect_target(hub_url, answer);
    if (next.failure) return fail(push, next.failure->sentence, store::PushState::failed);
    return ask(push, next.to, hops + 1);
  }
  if (answer.status >= 200 && answer.status < 300) {
    log_.info("push feed={} hub={} asked=yes", push.feed.value, hub_url);
    return;
  }
  fail(push, "the hub answered with status " + std::to_string(answer.status), store::PushState::failed);
}

void PushSubscriber::fail(const store::PushSubscription& push, const std::string& why, store::PushState state) {
  log_.warning("push feed={} hub={} asked=no because=\"{}\"", push.feed.value, push.hub_url, why);
  const auto again = clock_.now() + wait_after_failures(push.failures);
  // A lease that still runs outlives a renewal that failed.
  const bool runs_on = push.state == store::PushState::active && push.lease_until && *push.lease_until > clock_.now();
  database_.write([&](store::Writer& db) {
    store::push_failed(db, push.feed, runs_on ? store::PushState::active : state, why, again);
  });
}

}  // namespace voice::fetcher
