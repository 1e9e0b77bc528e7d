#include "server/feed_trouble.h"

#include "server/joining.h"
#include "server/letters.h"
#include "store/applications.h"
#include "store/outbox.h"
#include "views/desk_my_blog.h"

namespace voice::server {
namespace {
constexpr int kMostAtOnce = 200;
}

int write_about_feed_trouble(store::Database& db, const Site& site) {
  const auto now = site.clock.now();
  const auto failing = store::failing_feeds(*db.reader(), kMostAtOnce);
  int written = 0;
  for (const auto& found : failing) {
    const auto& blog = found.blog;
    const auto& feed = found.feed;
    if (!feed.failing_since || now - *feed.failing_since < kLongTrouble) continue;
    const auto once =
        "feed " + std::to_string(feed.id.value) + " failing " + std::to_string(unix_seconds(*feed.failing_since));
    if (store::has_letter(*db.reader(), once)) continue;
    const auto application = store::application_of_blog(*db.reader(), blog.id);
    if (!application) continue;  // listed before its blogger came: editors see it among the feeds in trouble
    db.write([&](store::Writer& writer) {
      write_letter(writer, site, application->answers.email,
                   views::feed_trouble_letter(blog, feed, my_blog_link(writer, site, *application)), once);
    });
    ++written;
  }
  return written;
}

}  // namespace voice::server
