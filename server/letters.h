// server/letters.h - puts a letter into the outbox, in the transaction of what it tells of.
#pragma once
#include <string>

#include "server/site.h"
#include "store/db.h"
#include "store/sessions.h"
#include "views/letters.h"

namespace voice::server {

/// For links that go out with news rather than on demand: people read those days later.
constexpr std::chrono::hours kNewsLinkLife{14 * 24};

/// An absolute, one-time address for whoever reads letters at `email`.
std::string one_time_address(store::Writer& db, const Site& site, const store::Link& link, std::chrono::seconds life);

/// `once_key`: a second letter with it is not written; empty: no such check.
void write_letter(store::Writer& db, const Site& site, const std::string& to, const views::LetterWords& words,
                  const std::string& once_key = {});

/// "an hour", "24 hours", "14 days".
std::string length_in_words(std::chrono::seconds length);

}  // namespace voice::server
