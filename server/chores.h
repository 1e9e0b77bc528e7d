// server/chores.h - what the desk does by itself: sends letters, publishes what was scheduled, drops what has expired.
#pragma once
#include "fetcher/mail.h"
#include "server/site.h"
#include "store/db.h"

namespace voice::server {

/// Once, before the first round: letters whose sending was cut off are set aside for a person.
void begin_chores(store::Database& db, const Site& site);
/// One round; to be called every few seconds from one thread. `mailer` is of make_mailer() and may be nullptr. Never throws.
/// A slow mail server makes this slow, and nothing else.
void do_chores(store::Database& db, const Site& site, fetcher::Mailer* mailer);

}  // namespace voice::server
