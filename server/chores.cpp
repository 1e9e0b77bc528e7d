#include "server/chores.h"

#include "server/feed_trouble.h"
#include "server/guest_text.h"
#include "store/applications.h"
#include "store/featuring.h"
#include "store/outbox.h"
#include "store/sessions.h"

namespace voice::server {

void begin_chores(store::Database& db, const Site& site) {
  const auto doubtful = db.write([](store::Writer& writer) { return store::doubt_interrupted_letters(writer); });
  if (doubtful > 0)
    site.log.warning("{} letters may or may not have been sent before the last stop; see /editor/letters", doubtful);
}

void do_chores(store::Database& db, const Site& site, fetcher::Mailer* mailer) {
  try {
    publish_due_guest_posts(db, site);
    write_about_feed_trouble(db, site);
    db.write([&](store::Writer& writer) {
      store::close_ended_features(writer, site.clock.now());
      store::tidy_sessions(writer, site.clock.now());
      store::tidy_applications(writer, site.clock.now());
    });
    if (mailer != nullptr) fetcher::deliver_due_letters(db, *mailer, site.settings.mail, site.clock, site.log);
  } catch (const std::exception& problem) {
    site.log.error("the desk's chores: {}", problem.what());
  }
}

}  // namespace voice::server
