#include "base/time.h"

#include <array>
#include <fmt/format.h>

namespace voice {
namespace {
using namespace std::chrono;

constexpr std::array kDays = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
constexpr std::array kMonths = {"January", "February", "March",     "April",   "May",      "June",
                                "July",    "August",   "September", "October", "November", "December"};

const char* month_name(year_month_day d) { return kMonths[static_cast<unsigned>(d.month()) - 1]; }
const char* day_name(sys_days d) { return kDays[weekday{d}.c_encoding()]; }

bool is_summer(sys_seconds t) {
  const auto year = year_month_day{floor<days>(t)}.year();
  const auto begins = sys_days{year / March / Sunday[last]} + 1h;
  const auto ends = sys_days{year / October / Sunday[last]} + 1h;
  return t >= begins && t < ends;
}
}  // namespace

std::string rfc3339(sys_seconds t) {
  const auto day = floor<days>(t);
  const year_month_day d{day};
  const hh_mm_ss h{t - day};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", int{d.year()}, unsigned{d.month()}, unsigned{d.day()},
                     h.hours().count(), h.minutes().count(), h.seconds().count());
}

std::string rfc822(sys_seconds t) {
  const auto day = floor<days>(t);
  const year_month_day d{day};
  const hh_mm_ss h{t - day};
  return fmt::format("{:.3}, {:02} {:.3} {:04} {:02}:{:02}:{:02} GMT", day_name(day), unsigned{d.day()}, month_name(d),
                     int{d.year()}, h.hours().count(), h.minutes().count(), h.seconds().count());
}

std::optional<sys_seconds> parse_http_date(std::string_view text) {
  // "Thu, 29 Feb 2024 09:00:00 GMT", 29 characters, every position fixed.
  if (text.size() != 29 || text.substr(25) != " GMT") return std::nullopt;
  const auto number = [&](std::size_t at, std::size_t length) {
    int n = 0;
    for (const char c : text.substr(at, length)) {
      if (c < '0' || c > '9') return -1;
      n = n * 10 + (c - '0');
    }
    return n;
  };
  unsigned month = 0;
  for (unsigned m = 0; m < 12; ++m)
    if (text.substr(8, 3) == std::string_view(kMonths[m]).substr(0, 3)) month = m + 1;
  const int d = number(5, 2), y = number(12, 4), h = number(17, 2), min = number(20, 2), s = number(23, 2);
  if (month == 0 || d < 1 || y < 1 || h < 0 || h > 23 || min < 0 || min > 59 || s < 0 || s > 60) return std::nullopt;
  const year_month_day date{year{y}, std::chrono::month{month}, std::chrono::day{static_cast<unsigned>(d)}};
  if (!date.ok()) return std::nullopt;
  return sys_days{date} + hours{h} + minutes{min} + seconds{s};
}

sys_seconds london(sys_seconds t) { return is_summer(t) ? t + 1h : t; }

sys_seconds london_midnight(year_month_day day) {
  const sys_seconds midnight = sys_days{day};
  return is_summer(midnight - 1h) ? midnight - 1h : midnight;
}

sys_seconds london_day_start(sys_seconds t) { return london_midnight(year_month_day{floor<days>(london(t))}); }

std::string day_in_words(sys_seconds t) {
  return fmt::format("{} {}", day_name(floor<days>(london(t))), date_in_words(t));
}

std::string date_in_words(sys_seconds t) {
  const year_month_day d{floor<days>(london(t))};
  return fmt::format("{} {} {}", unsigned{d.day()}, month_name(d), int{d.year()});
}

std::string time_in_words(sys_seconds t) {
  const auto local = london(t);
  const hh_mm_ss h{local - floor<days>(local)};
  const auto hour = h.hours().count();
  const auto minute = h.minutes().count();
  if (minute == 0 && hour == 0) return "midnight";
  if (minute == 0 && hour == 12) return "midday";
  const auto twelve = hour % 12 == 0 ? 12 : hour % 12;
  const char* half = hour < 12 ? "am" : "pm";
  return minute == 0 ? fmt::format("{}{}", twelve, half) : fmt::format("{}:{:02}{}", twelve, minute, half);
}

std::string moment_in_words(sys_seconds t) { return date_in_words(t) + ", " + time_in_words(t); }

std::string iso_day(sys_seconds t) { return rfc3339(london(t)).substr(0, 10); }

}  // namespace voice
