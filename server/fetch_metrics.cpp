#include "server/fetch_metrics.h"

#include "store/poll_sums.h"

namespace voice::server {
namespace {

void add_stored(MetricsPage& page, store::Reader& db, sys_seconds now) {
  const auto counts = store::feed_counts(db, now);
  const auto feeds = [&](const char* state, std::int64_t value) {
    page.add("voice_feeds", "gauge", "Feeds by state.", static_cast<double>(value),
             "state=\"" + std::string(state) + "\"");
  };
  feeds("well", counts.well);
  feeds("failing", counts.failing);
  feeds("never_answered", counts.never_answered);
  feeds("stopped", counts.stopped);
  page.add("voice_feeds_due", "gauge", "Feeds waiting for their turn.", static_cast<double>(counts.due));
  page.add("voice_feeds_lag_seconds", "gauge", "How long the longest of them waits.",
           static_cast<double>(counts.lag.count()));
  page.add("voice_push_subscriptions", "gauge", "Feeds whose WebSub hub tells us of news.",
           static_cast<double>(counts.with_hub));
  page.add("voice_hub_subscribers", "gauge", "Subscribers of our own hub.",
           static_cast<double>(counts.hub_subscribers));
  const auto today = store::poll_sums(db, now);
  page.add("voice_not_modified_share", "gauge", "Share of today's polls answered by 304.", today.not_modified_share());
}

void add_running(MetricsPage& page, const fetcher::PollFigures& f) {
  const auto refreshes = [&](const char* outcome, std::int64_t value) {
    page.add("voice_refreshes_total", "counter", "Refreshes by outcome since the start.", static_cast<double>(value),
             "outcome=\"" + std::string(outcome) + "\"");
  };
  refreshes("changed", f.changed);
  refreshes("not_modified", f.not_modified);
  refreshes("unchanged", f.unchanged);
  refreshes("failed", f.failed);
  page.add("voice_entries_added_total", "counter", "New posts stored since the start.",
           static_cast<double>(f.entries_added));
  page.add("voice_fetched_bytes_total", "counter", "Bytes received from blogs since the start.",
           static_cast<double>(f.wire_bytes));
  page.add("voice_pushed_documents_total", "counter", "Documents that hubs pushed, stored since the start.",
           static_cast<double>(f.pushed));
  const auto queue = [&](const char* name, std::int64_t value) {
    page.add("voice_poll_queue", "gauge", "Feeds at each stage of a poll.", static_cast<double>(value),
             "stage=\"" + std::string(name) + "\"");
  };
  queue("in_line", f.in_line);
  queue("in_flight", f.in_flight);
  queue("to_read", f.to_read);
  queue("to_write", f.to_write);
}

}  // namespace

MetricsSource fetch_metrics(store::Database& database, const Clock& clock,
                            std::function<fetcher::PollFigures()> poller) {
  return [&database, &clock, poller = std::move(poller)](MetricsPage& page) {
    add_stored(page, *database.reader(), clock.now());
    if (poller) add_running(page, poller());
  };
}

}  // namespace voice::server
