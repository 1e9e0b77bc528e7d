#include "fetcher/move_recheck.h"

#include <algorithm>

#include "feeds/document.h"
#include "fetcher/identity.h"
#include "fetcher/page.h"
#include "store/feed_state.h"

namespace voice::fetcher {
namespace {

using std::chrono::days;

constexpr int kAtOnce = 5;
constexpr days kEvery{7};
constexpr days kFor{30};

bool is_same_feed(store::Reader& db, FeedId feed, const Page& page) {
  const auto type = page.headers.find("Content-Type");
  const auto document =
      feeds::read_document({.bytes = page.body, .url = page.url, .content_type = std::string(type.value_or(""))});
  if (!document) return false;
  const auto entries = identify(document->entries, store::known_entries(db, feed));
  return std::any_of(entries.begin(), entries.end(), [](const Identified& entry) { return entry.known; });
}

}  // namespace

int recheck_moves(store::Database& database, HttpClient& client, const config::Settings& settings, sys_seconds now,
                  Log& log, const std::stop_token& stop) {
  const auto due = store::moves_to_recheck(*database.reader(), now, kAtOnce);
  int undone = 0;
  auto limits = impatient_limits();
  limits.total = milliseconds{4000};  // nothing interrupts this, and a hub stops within five seconds
  limits.redirects = 0;               // a redirect is an answer: it still stands
  for (const auto& move : due) {
    if (stop.stop_requested()) break;
    const auto page =
        fetch_page(client, move.from_url, feed_user_agent(settings.site.base_url, 1, move.feed.value), limits);
    const bool taken_back = page && page->trail.empty() && is_same_feed(*database.reader(), move.feed, *page);
    const auto next = now + kEvery <= move.at + kFor ? std::optional<sys_seconds>(now + kEvery) : std::nullopt;
    database.write([&](store::Writer& db) {
      store::set_recheck(db, move.id, next);
      if (taken_back && store::undo_move(db, move.id, now)) {
        ++undone;
        store::bump_change_number(db);
        log.info("move feed={} undone=yes back_to={}", move.feed.value, move.from_url);
      }
    });
  }
  return undone;
}

}  // namespace voice::fetcher
