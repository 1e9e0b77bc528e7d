#include "fetcher/cloud_subscriber.h"

#include "base/text.h"
#include "base/url.h"
#include "fetcher/asking_hubs.h"
#include "fetcher/page.h"

namespace voice::fetcher {
namespace {

using std::chrono::seconds;

constexpr int kAtOnce = 10;
constexpr seconds kEvery{23 * 3600};  // a cloud forgets after 25 hours

// The answer is <notifyResult success="true" .../> or JSON with the same field; some send neither and mean yes.
bool says_no(std::string_view body) {
  return find_ignoring_case(body, "success=\"false\"") != std::string_view::npos ||
         find_ignoring_case(body, "\"success\":false") != std::string_view::npos;
}

}  // namespace

void CloudSubscriber::turn() {
  if (!settings_.push.subscribe) return;
  const auto now = clock_.now();
  for (const auto& registration : store::due_clouds(*database_.reader(), now, kAtOnce)) {
    // Written first: a process that dies in between asks again later, not at once.
    database_.write([&](store::Writer& db) {
      store::cloud_refused(db, registration.feed, now + wait_after_failures(registration.failures));
    });
    if (can_be_called_by(settings_, registration.cloud_url)) ask(registration);
  }
}

void CloudSubscriber::ask(const store::CloudRegistration& registration) {
  const auto own = parse_url(settings_.site.base_url + "/rsscloud");
  if (!own) return;
  const bool secure = own->scheme == "https";
  HttpRequest request;
  request.url = registration.cloud_url;
  request.method = Method::post;
  request.user_agent = plain_user_agent(settings_.site.base_url);
  request.limits = impatient_limits();
  request.body = form_of({{"notifyProcedure", ""},
                          {"port", std::to_string(own->port.value_or(secure ? 443 : 80))},
                          {"path", own->path},
                          {"protocol", secure ? "https-post" : "http-post"},
                          {"domain", own->host},
                          {"url1", registration.feed_url}});
  client_.start(std::move(request), [this, registration](const HttpAnswer& answer) { answered(registration, answer); });
}

void CloudSubscriber::answered(const store::CloudRegistration& registration, const HttpAnswer& answer) {
  if (answer.failure && answer.failure->kind == FailureClass::cancelled) return;
  const bool taken = !answer.failure && answer.status >= 200 && answer.status < 300 && !says_no(answer.body);
  log_.info("cloud feed={} url={} registered={} status={}", registration.feed.value, registration.cloud_url,
            taken ? "yes" : "no", answer.status);
  if (!taken) return;
  database_.write([&](store::Writer& db) { store::cloud_registered(db, registration.feed, clock_.now() + kEvery); });
}

}  // namespace voice::fetcher
