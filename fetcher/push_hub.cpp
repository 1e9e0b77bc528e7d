#include "fetcher/push_hub.h"

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"
#include "base/url.h"
#include "fetcher/page.h"
#include "fetcher/push_signature.h"

namespace voice::fetcher {
namespace {

using std::chrono::seconds;

constexpr int kAtOnce = 20;              // verifications or deliveries begun in one turn
constexpr seconds kBetweenLooks{5};      // a poll commits several batches; subscribers want one message
constexpr seconds kRetryDeliveries{60};  // how often those that failed are looked for without news
constexpr seconds kFirstRetry{60};
constexpr seconds kLongestRetry{86400};
constexpr seconds kBetweenCleanings{3600};

Limits callback_limits() {
  auto limits = impatient_limits();
  limits.body_bytes = 64 << 10;
  limits.wire_bytes = 64 << 10;
  return limits;
}

seconds wait_after(std::int64_t failures) {
  auto wait = kFirstRetry;
  for (std::int64_t i = 0; i < failures && wait < kLongestRetry; ++i) wait *= 4;
  return std::min(wait, kLongestRetry);
}

std::string with_query(const std::string& callback, const std::string& query) {
  return callback + (callback.find('?') == std::string::npos ? "?" : "&") + query;
}

}  // namespace

void PushHub::turn() {
  if (!settings_.push.hub) return;
  const auto now = clock_.now();
  if (now - cleaned_ >= kBetweenCleanings) {
    cleaned_ = now;
    database_.write([&](store::Writer& db) { store::expire_subscribers(db, now); });
  }
  if (now - looked_ < kBetweenLooks) return;
  for (const auto& request : database_.write([](store::Writer& db) { return store::take_hub_requests(db, kAtOnce); }))
    verify(request);
  const auto change = database_.change_number();
  if (change == seen_change_ && now - looked_ < kRetryDeliveries) return;
  looked_ = now;
  seen_change_ = change;
  tell_of_news();
}

void PushHub::verify(const store::HubRequest& asked) {
  const auto challenge = chance_.token();
  std::string query = std::string("hub.mode=") +
                      (asked.mode == store::HubMode::subscribe ? "subscribe" : "unsubscribe") +
                      "&hub.topic=" + percent_encode(asked.topic) + "&hub.challenge=" + challenge;
  if (asked.mode == store::HubMode::subscribe) query += "&hub.lease_seconds=" + std::to_string(asked.lease.count());
  HttpRequest request;
  request.url = with_query(asked.callback, query);
  request.user_agent = plain_user_agent(settings_.site.base_url);
  request.limits = callback_limits();
  client_.start(std::move(request),
                [this, asked, challenge](const HttpAnswer& answer) { verified(asked, challenge, answer); });
}

void PushHub::verified(const store::HubRequest& asked, const std::string& challenge, const HttpAnswer& answer) {
  const bool confirmed =
      !answer.failure && answer.status >= 200 && answer.status < 300 && trim(answer.body) == challenge;
  log_.info("hub callback={} topic={} confirmed={}", asked.callback, asked.topic, confirmed ? "yes" : "no");
  if (!confirmed) return;
  const auto now = clock_.now();
  if (asked.mode == store::HubMode::unsubscribe)
    return database_.write([&](store::Writer& db) { store::remove_subscriber(db, asked.topic, asked.callback); });
  const auto document = source_(asked.topic);
  if (!document) return;
  database_.write([&](store::Writer& db) { store::confirm_subscriber(db, asked, fingerprint(document->body), now); });
}

void PushHub::tell_of_news() {
  const auto now = clock_.now();
  const auto topics = store::hub_topics(*database_.reader(), now);
  for (const auto& topic : topics) {
    const auto document = source_(topic);
    if (!document) continue;
    const auto hash = fingerprint(document->body);
    for (const auto& subscriber : store::subscribers_behind(*database_.reader(), topic, hash, now, kAtOnce * 10))
      if (under_way_.insert(subscriber.id).second) deliver(subscriber, *document, hash);
  }
}

void PushHub::deliver(const store::HubSubscriber& subscriber, const TopicDocument& document, const std::string& hash) {
  HttpRequest request;
  request.url = subscriber.callback;
  request.method = Method::post;
  request.user_agent = plain_user_agent(settings_.site.base_url);
  request.limits = callback_limits();
  request.body = document.body;
  request.headers = {
      "Content-Type: " + document.content_type,
      "Link: <" + settings_.site.base_url + "/hub>; rel=\"hub\", <" + subscriber.topic + ">; rel=\"self\""};
  if (!subscriber.secret.empty())
    request.headers.push_back("X-Hub-Signature: " + signature_of(subscriber.secret, document.body));
  client_.start(std::move(request),
                [this, subscriber, hash](const HttpAnswer& answer) { delivered(subscriber, hash, answer); });
}

void PushHub::delivered(const store::HubSubscriber& subscriber, const std::string& hash, const HttpAnswer& answer) {
  under_way_.erase(subscriber.id);
  if (answer.failure && answer.failure->kind == FailureClass::cancelled) return;
  const bool taken = !answer.failure && answer.status >= 200 && answer.status < 300;
  const bool unwanted = !answer.failure && answer.status == 410;
  log_.info("hub callback={} topic={} delivered={} status={}", subscriber.callback, subscriber.topic,
            taken ? "yes" : "no", answer.status);
  database_.write([&](store::Writer& db) {
    if (taken)
      store::delivered(db, subscriber.id, hash);
    else if (unwanted)
      store::remove_subscriber(db, subscriber.topic, subscriber.callback);
    else
      store::not_delivered(db, subscriber.id, clock_.now() + wait_after(subscriber.failures));
  });
}

}  // namespace voice::fetcher
