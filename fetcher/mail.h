// fetcher/mail.h - letters leave the hub: through an SMTP server, or into a folder where there is none.
//
// The SMTP server is the operator's own setting and often on this very machine, so the address guard, which is for
// addresses that strangers hand us, is not asked. A password is only ever sent over TLS or to this machine.
#pragma once
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/log.h"
#include "config/settings.h"
#include "fetcher/mail_message.h"
#include "store/db.h"

namespace voice::fetcher {

enum class Delivery {
  accepted,   ///< it is the server's now
  try_later,  ///< nobody answered, or "not now" (4xx)
  refused,    ///< "never" (5xx), or our own settings are wrong
  doubtful,   ///< all was sent and no answer came: it may have gone
};

struct DeliveryReport {
  Delivery outcome = Delivery::try_later;
  std::string why;  ///< one line, empty when accepted
};

/// Belongs to one thread.
class Mailer {
 public:
  virtual ~Mailer() = default;
  virtual DeliveryReport deliver(const MailMessage& message) = 0;
  /// False where letters end in a folder: their text is then kept in the database as well, for administrators.
  virtual bool reaches_people() const = 0;
};

/// Nothing where neither a server nor a folder is set: letters then stay in the database. `authorities` is a PEM file of
/// those whose certificates are believed; empty: the system's.
std::unique_ptr<Mailer> make_mailer(const config::MailSettings& settings, const std::string& authorities = {});

struct DeliveryCounts {
  int sent = 0;
  int delayed = 0;
  int failed = 0;
  int doubtful = 0;
};

/// Sends what is due, at most `most` letters. A letter is marked as being sent before its first byte leaves, so that a
/// program that is killed meanwhile does not send it again. Given up after three days.
DeliveryCounts deliver_due_letters(store::Database& database, Mailer& mailer, const config::MailSettings& settings,
                                   const Clock& clock, Log& log, int most = 50);

}  // namespace voice::fetcher
