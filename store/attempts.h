// store/attempts.h - counts what people try, so that guessing and flooding can be slowed by account and by network.
#pragma once
#include <optional>
#include <string_view>

#include "store/db.h"

namespace voice::store {

struct AttemptLimit {
  std::string_view kind;  ///< "sign-in", "letter", "check-feed" ...
  int most = 0;           ///< within the window
  std::chrono::seconds window{};
};

void note_attempt(Writer& db, std::string_view kind, std::string_view subject, sys_seconds now);
/// Nothing while `subject` is under the limit, else how long until it may try again.
std::optional<std::chrono::seconds> wait_for(Reader& db, const AttemptLimit& limit, std::string_view subject,
                                             sys_seconds now);
/// After success: what was counted against this subject is forgotten.
void forget_attempts(Writer& db, std::string_view kind, std::string_view subject);

}  // namespace voice::store
