// A date we read, written as RFC 3339 and as RFC 822, is read as the same instant.
#include <string_view>

#include "base/time.h"
#include "feeds/date.h"
#include "property.h"

void fuzz_date(std::string_view input) {
  const auto date = voice::feeds::parse_date(input);
  if (!date) return;
  const auto again = voice::feeds::parse_date(voice::rfc3339(*date));
  voice::fuzz::property(again && *again == *date, "rfc3339 round trip");
  const auto mail = voice::feeds::parse_date(voice::rfc822(*date));
  voice::fuzz::property(mail && *mail == *date, "rfc822 round trip");
}
