#include "server/letters.h"

#include "base/url.h"
#include "store/outbox.h"
#include "views/page.h"

namespace voice::server {

std::string one_time_address(store::Writer& db, const Site& site, const store::Link& link, std::chrono::seconds life) {
  const auto token = site.tokens.token();
  const auto now = site.clock.now();
  store::make_link(db, token, link, now, now + life);
  return site.address_of("/links/" + token);
}

void write_letter(store::Writer& db, const Site& site, const std::string& to, const views::LetterWords& words,
                  const std::string& once_key) {
  if (site.views == nullptr) return;
  const auto url = parse_url(site.settings.site.base_url);
  store::queue_letter(db,
                      {.recipient = to,
                       .subject = words.subject,
                       .text = views::letter_text(words, site.views->frame()),
                       .html = views::letter_html(*site.views, words),
                       .message_id = site.tokens.token(18) + "@" + (url ? url->host : "localhost"),
                       .once_key = once_key},
                      site.clock.now());
}

std::string length_in_words(std::chrono::seconds length) {
  using namespace std::chrono;
  if (length >= 48h) return std::to_string(duration_cast<days>(length).count()) + " days";
  if (length >= 2h) return std::to_string(duration_cast<hours>(length).count()) + " hours";
  if (length >= 1h) return "an hour";
  return std::to_string(duration_cast<minutes>(length).count()) + " minutes";
}

}  // namespace voice::server
