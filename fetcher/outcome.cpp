#include "fetcher/outcome.h"

namespace voice::fetcher {

Outcome outcome_of(const Trip& trip, sys_seconds now) {
  const auto& answer = trip.answer;
  if (answer.failure) return Failed{*answer.failure};
  if (answer.status == 200) return Fetched{};
  if (answer.status == 304) return NotModified{};
  if (answer.status == 204) return Failed{failure(FailureClass::empty, {}, 204)};
  const auto hints = read_server_hints(answer.headers, now);
  auto why = failure_of_status(answer.status);
  if (answer.status == 410) return Gone{std::move(why)};
  if (answer.status == 429 || hints.retry_after) return TryLater{std::move(why), hints.retry_after};
  return Failed{std::move(why)};
}

}  // namespace voice::fetcher
