#include "fetcher/mail.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "store/outbox.h"

namespace voice::fetcher {
namespace {
using namespace std::chrono_literals;

// Greylisting servers want minutes, a server that is down hours.
constexpr std::array kWaits = {60s, 300s, 900s, 3600s, 4 * 3600s, 12 * 3600s};
constexpr auto kGiveUpAfter = 72h;

std::chrono::seconds wait_after(int tries) {
  return kWaits[static_cast<std::size_t>(std::clamp<int>(tries, 1, kWaits.size()) - 1)];
}

void note_outcome(store::Database& database, const store::Letter& letter, const DeliveryReport& report,
                  const Mailer& mailer, sys_seconds now, DeliveryCounts& counts) {
  const bool too_old = now - letter.created > kGiveUpAfter;
  database.write([&](store::Writer& db) {
    switch (report.outcome) {
      case Delivery::accepted:
        store::letter_sent(db, letter.id,
                           mailer.reaches_people() ? store::AfterSending::forget_text : store::AfterSending::keep_text,
                           now);
        ++counts.sent;
        break;
      case Delivery::try_later:
        if (too_old) {
          store::letter_failed(db, letter.id, report.why);
          ++counts.failed;
        } else {
          store::letter_delayed(db, letter.id, report.why, now + wait_after(letter.tries));
          ++counts.delayed;
        }
        break;
      case Delivery::refused:
        store::letter_failed(db, letter.id, report.why);
        ++counts.failed;
        break;
      case Delivery::doubtful:
        store::letter_doubtful(db, letter.id, report.why);
        ++counts.doubtful;
        break;
    }
  });
}

}  // namespace

DeliveryCounts deliver_due_letters(store::Database& database, Mailer& mailer, const config::MailSettings& settings,
                                   const Clock& clock, Log& log, int most) {
  DeliveryCounts counts;
  for (int i = 0; i < most; ++i) {
    const auto now = clock.now();
    const auto letter = database.write([&](store::Writer& db) { return store::take_due_letter(db, now); });
    if (!letter) break;
    const auto report = mailer.deliver({.from = settings.from,
                                        .to = letter->recipient,
                                        .subject = letter->subject,
                                        .text = letter->text,
                                        .html = letter->html,
                                        .message_id = letter->message_id,
                                        .date = letter->created});
    note_outcome(database, *letter, report, mailer, clock.now(), counts);
    if (report.outcome != Delivery::accepted) log.warning("letter {}: {}", letter->id.value, report.why);
  }
  return counts;
}

}  // namespace voice::fetcher
