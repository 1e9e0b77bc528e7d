#include "feeds/date.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "feeds/date_words.h"

namespace voice::feeds {
namespace {

using namespace std::chrono;

struct Parts {
  int year = 0, month = 0, day = 0;
  int hour = 0, minute = 0, second = 0;
  int zone_minutes = 0;
};

// Text read from left to right; every take_ either moves past what it names or leaves everything as it was.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}
  bool done() const { return at_ == text_.size(); }
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  std::size_t digits_ahead() const {
    std::size_t n = 0;
    while (is_digit(peek(n))) ++n;
    return n;
  }
  bool take(char c) {
    if (peek() != c || done()) return false;
    ++at_;
    return true;
  }
  std::optional<int> take_number(std::size_t fewest, std::size_t most) {
    const auto n = digits_ahead();
    if (n < fewest) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < n && i < most; ++i) value = value * 10 + (text_[at_++] - '0');
    return value;
  }
  void skip_spaces() {
    while (is_space(peek())) ++at_;
  }
  // However many: people's clocks write nanoseconds, and a number has an end.
  void skip_digits() { at_ += digits_ahead(); }
  std::string_view take_word() {
    const auto from = at_;
    while (!done() && (is_alpha(peek()) || static_cast<unsigned char>(peek()) >= 0x80)) ++at_;
    return text_.substr(from, at_ - from);
  }
  std::size_t position() const { return at_; }
  void go_back_to(std::size_t at) { at_ = at; }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

Error refused(std::string_view text) {
  return {ErrorCode::malformed, "no date in \"" + std::string(utf8_prefix(text, 60)) + "\""};
}

Result<sys_seconds> instant_of(const Parts& p, std::string_view text) {
  const year_month_day day{year{p.year}, month{unsigned(p.month)}, std::chrono::day{unsigned(p.day)}};
  const bool midnight_at_the_end = p.hour == 24 && p.minute == 0 && p.second == 0;
  if (!day.ok() || p.hour < 0 || (p.hour > 23 && !midnight_at_the_end) || p.minute > 59 || p.second > 60)
    return refused(text);
  if (p.zone_minutes < -14 * 60 || p.zone_minutes > 14 * 60) return refused(text);
  if (p.year < 1970 || p.year > 2199)
    return Error{ErrorCode::unsupported, "the year " + std::to_string(p.year) + " is no year of a blog"};
  return sys_days{day} + hours{p.hour} + minutes{p.minute} + seconds{p.second} - minutes{p.zone_minutes};
}

// "+01:00", "-0500", "+1"; also after a name, as in "GMT+0100".
std::optional<int> take_offset(Scanner& in) {
  const char sign = in.peek();
  const bool wide_minus = sign == '\xE2' && in.peek(1) == '\x88' && in.peek(2) == '\x92';  // U+2212
  if (sign != '+' && sign != '-' && !wide_minus) return std::nullopt;
  const auto start = in.position();
  in.go_back_to(start + (wide_minus ? 3 : 1));
  in.skip_spaces();
  const auto digits = in.digits_ahead();
  std::optional<int> hour, minute = 0;
  if (digits == 3 || digits == 4) {
    hour = in.take_number(digits - 2, digits - 2);
    minute = in.take_number(2, 2);
  } else if (digits == 1 || digits == 2) {
    hour = in.take_number(1, 2);
    if (in.take(':')) minute = in.take_number(2, 2);
  }
  if (!hour || !minute || *minute > 59) {
    in.go_back_to(start);
    return std::nullopt;
  }
  const int total = *hour * 60 + *minute;
  return sign == '+' ? total : -total;
}

// A zone at the end. An empty rest is UTC; a rest that is no zone is a refusal.
bool take_zone(Scanner& in, Parts& p) {
  in.skip_spaces();
  if (in.done()) return true;
  if (const auto offset = take_offset(in)) {
    p.zone_minutes = *offset;
    in.skip_spaces();
    // "+0000 GMT", "+0100 CET": the number has said it already.
    const auto at = in.position();
    if (!zone_called(in.take_word())) in.go_back_to(at);
    return true;
  }
  const auto at = in.position();
  const auto zone = zone_called(in.take_word());
  if (!zone) {
    in.go_back_to(at);
    return false;
  }
  p.zone_minutes = *zone;
  in.skip_spaces();
  if (*zone == 0)
    if (const auto offset = take_offset(in)) p.zone_minutes = *offset;
  return true;
}

void take_fraction(Scanner& in) {
  if ((in.peek() == '.' || in.peek() == ',') && is_digit(in.peek(1))) {
    in.take(in.peek());
    in.skip_digits();
  }
}

bool take_half_of_day(Scanner& in, Parts& p) {
  const auto at = in.position();
  in.skip_spaces();
  const auto word = to_ascii_lower(in.take_word());
  const bool dotted =
      (word == "a" || word == "p") && in.take('.') && ascii_lower(in.peek()) == 'm' && in.take(in.peek());
  if (dotted) in.take('.');
  if (!dotted && word != "am" && word != "pm") {
    in.go_back_to(at);
    return true;
  }
  if (p.hour < 1 || p.hour > 12) return false;
  p.hour = p.hour % 12 + (word[0] == 'p' ? 12 : 0);
  return true;
}

// "9:00", "09:00:00.25", "0900", "090000", "9", "9h30", "9:05pm".
bool take_time(Scanner& in, Parts& p) {
  const auto digits = in.digits_ahead();
  const auto hour = in.take_number(1, 2);
  if (!hour) return false;
  p.hour = *hour;
  if (digits == 4 || digits == 6) {
    p.minute = *in.take_number(2, 2);
    if (digits == 6) p.second = *in.take_number(2, 2);
  } else if (digits > 2) {
    return false;
  } else if ((in.peek() == ':' || in.peek() == '.' || in.peek() == 'h') && is_digit(in.peek(1))) {
    const char colon = in.peek();
    in.take(colon);
    const auto minute = in.take_number(1, 2);
    p.minute = *minute;
    if (in.peek() == colon && is_digit(in.peek(1)) && in.take(colon)) p.second = *in.take_number(1, 2);
  }
  take_fraction(in);
  return take_half_of_day(in, p);
}

void set_ordinal_day(Parts& p, int ordinal) {
  const bool leap = year{p.year}.is_leap();
  if (ordinal < 1 || ordinal > (leap ? 366 : 365)) return;
  const year_month_day day{sys_days{year{p.year} / January / 1} + days{ordinal - 1}};
  p.month = int(unsigned(day.month()));
  p.day = int(unsigned(day.day()));
}

// ISO 8601: week 1 is the one with 4 January in it.
void set_week_day(Parts& p, int week, int weekday_number) {
  if (week < 1 || week > 53 || weekday_number < 1 || weekday_number > 7) return;
  const sys_days fourth = year{p.year} / January / 4;
  const auto monday = fourth - (weekday{fourth} - Monday);
  const year_month_day day{monday + days{7 * (week - 1) + weekday_number - 1}};
  p.year = int(day.year());
  p.month = int(unsigned(day.month()));
  p.day = int(unsigned(day.day()));
}

// "2024-02-29", "20240229", "2024-02", "2024", "2024-060", "2024060", "2024-W09-4", "2024/02/29", "2024.02.29".
bool take_iso_day(Scanner& in, Parts& p) {
  const auto digits = in.digits_ahead();
  if (digits != 4 && digits != 7 && digits != 8) return false;
  p.year = *in.take_number(4, 4);
  if (digits == 8) {
    p.month = *in.take_number(2, 2);
    p.day = *in.take_number(2, 2);
    return true;
  }
  if (digits == 7) return set_ordinal_day(p, *in.take_number(3, 3)), true;
  const char mark = in.peek();
  const bool marked = (mark == '-' || mark == '/' || mark == '.') && in.take(mark);
  if (in.peek() == 'W' && in.take('W')) {
    const auto week = in.take_number(2, 2);
    const bool has_day = week && (marked ? in.take('-') : is_digit(in.peek()));
    const auto day_number = has_day ? in.take_number(1, 1) : std::optional<int>(1);
    set_week_day(p, week.value_or(0), day_number.value_or(0));
    return true;
  }
  p.month = p.day = 1;
  if (!marked) return true;
  if (in.digits_ahead() == 3) return p.month = p.day = 0, set_ordinal_day(p, *in.take_number(3, 3)), true;
  p.month = in.take_number(1, 2).value_or(0);
  if (in.take(mark)) p.day = in.take_number(1, 2).value_or(0);
  return true;
}

std::optional<Parts> read_iso(std::string_view text) {
  Scanner in(text);
  Parts p;
  if (!take_iso_day(in, p)) return std::nullopt;
  const auto at = in.position();
  in.skip_spaces();
  if (in.peek() == 'T' || in.peek() == 't' || in.peek() == '_' || in.peek() == ',') in.take(in.peek());
  in.skip_spaces();
  if (is_digit(in.peek())) {
    if (!take_time(in, p)) return std::nullopt;
  } else {
    in.go_back_to(at);
  }
  if (!take_zone(in, p)) return std::nullopt;
  in.skip_spaces();
  return in.done() ? std::optional(p) : std::nullopt;
}

// RFC 2822, 4.3: two digits below 50 are this century, three are years since 1900.
int full_year(int number, std::size_t digits) {
  if (digits == 2) return number < 50 ? 2000 + number : 1900 + number;
  return digits == 3 ? 1900 + number : number;
}

// What stands in a date written with words, in the order of the text.
struct Words {
  Parts parts;
  std::vector<std::pair<int, std::size_t>> numbers;  // value, digits
  int numbers_before_month = 0;
  bool has_time = false, has_zone = false;
};

bool is_filler(std::string_view word) {
  static constexpr std::array kFillers = {"at",  "on",   "of",  "the", "st",  "nd",  "rd", "th", "um",
                                          "uhr", "de",   "del", "le",  "den", "der", "er", "o",  "kl",
                                          "am",  "dydd", "om",  "a",   "à",   "г",   "в"};
  for (const std::string_view filler : kFillers)
    if (equals_ignoring_case(word, filler)) return true;
  return false;
}

bool take_word_of_date(Scanner& in, Words& w, bool first) {
  const auto at = in.position();
  const auto word = in.take_word();
  in.take('.');
  const bool may_be_month = !(w.has_time && w.parts.month != 0);  // what follows the time is a zone
  if (const int month = may_be_month ? month_called(word) : 0) {
    // "mar., 3 mars" and "Dydd Mawrth, 3 Mawrth" begin with a weekday that looks like a month.
    if (w.parts.month != 0 && !w.numbers.empty() && w.numbers_before_month > 0) return false;
    w.parts.month = month;
    w.numbers_before_month = int(w.numbers.size());
    return true;
  }
  if (first || (is_filler(word) && !w.has_time)) return true;
  in.go_back_to(at);
  w.has_zone = take_zone(in, w.parts);
  return w.has_zone || is_filler(in.take_word());
}

bool take_number_of_date(Scanner& in, Words& w) {
  const auto digits = in.digits_ahead();
  const char after = in.peek(digits);
  const bool clock = (after == ':' || after == 'h') && digits <= 2 && is_digit(in.peek(digits + 1));
  if (clock) {
    if (w.has_time || !take_time(in, w.parts)) return false;
    w.has_time = true;
    // What follows a time is a zone, or the year (asctime).
    if (in.peek() != '+' && in.peek() != '-') in.skip_spaces();
    if (const auto offset = take_offset(in)) {
      w.parts.zone_minutes = *offset;
      w.has_zone = true;
    }
    return true;
  }
  if (digits > 4 || w.numbers.size() == 3) return false;
  w.numbers.emplace_back(*in.take_number(1, 4), digits);
  return true;
}

// Numbers and a month's name; which number is which follows from their places.
bool assign_named(Words& w) {
  if (w.numbers.size() == 3 && w.numbers_before_month <= 2 && !w.has_time) return false;
  if (w.numbers.size() != 2) return false;
  auto [day, day_digits] = w.numbers[0];
  auto [year_number, year_digits] = w.numbers[1];
  if (day_digits == 4) {
    std::swap(day, year_number);
    std::swap(day_digits, year_digits);
  }
  if (day_digits > 2 || year_digits == 1) return false;
  w.parts.day = day;
  w.parts.year = full_year(year_number, year_digits);
  return true;
}

std::optional<Parts> read_words(std::string_view text) {
  Scanner in(text);
  Words w;
  for (bool first = true; !in.done(); first = false) {
    const char c = in.peek();
    if (is_digit(c)) {
      if (!take_number_of_date(in, w)) return std::nullopt;
    } else if (is_alpha(c) || static_cast<unsigned char>(c) >= 0x80) {
      if (!take_word_of_date(in, w, first)) return std::nullopt;
    } else if (w.has_time && (c == '+' || c == '-') && !w.has_zone) {
      if (!(w.has_zone = take_zone(in, w.parts))) return std::nullopt;
    } else if (is_space(c) || std::string_view(",.-/").find(c) != std::string_view::npos) {
      in.take(c);
    } else {
      return std::nullopt;
    }
  }
  if (w.parts.month == 0 || !assign_named(w)) return std::nullopt;
  return w.parts;
}

// "29/2/2024", "29.02.2024 9:00". Where day and month could change places, slashes and hyphens are refused; a date with
// dots begins with the day in every country that writes them.
std::optional<Parts> read_numbers(std::string_view text) {
  Scanner in(text);
  Parts p;
  const auto first = in.take_number(1, 2);
  const char mark = in.peek();
  if (!first || (mark != '/' && mark != '.' && mark != '-') || !in.take(mark)) return std::nullopt;
  const auto second = in.take_number(1, 2);
  if (!second || !in.take(mark) || in.digits_ahead() != 4) return std::nullopt;
  p.year = *in.take_number(4, 4);
  const bool day_first = mark == '.' || *first > 12 || *first == *second;
  if (!day_first && *second <= 12) return std::nullopt;
  p.day = day_first ? *first : *second;
  p.month = day_first ? *second : *first;
  in.take(',');
  in.skip_spaces();
  if (is_digit(in.peek()) && !take_time(in, p)) return std::nullopt;
  if (!take_zone(in, p)) return std::nullopt;
  in.skip_spaces();
  return in.done() ? std::optional(p) : std::nullopt;
}

// Digits alone: Unix seconds (9 or 10 digits) or milliseconds (12 or 13), or a timestamp without marks (14).
std::optional<Result<sys_seconds>> read_digits(std::string_view text) {
  if (text.size() < 9 || text.size() > 14 || text.find_first_not_of("0123456789") != std::string_view::npos)
    return std::nullopt;
  if (text.size() == 14) {
    Parts p;
    Scanner in(text);
    p.year = *in.take_number(4, 4);
    p.month = *in.take_number(2, 2);
    p.day = *in.take_number(2, 2);
    p.hour = *in.take_number(2, 2);
    p.minute = *in.take_number(2, 2);
    p.second = *in.take_number(2, 2);
    return instant_of(p, text);
  }
  if (text.size() == 11) return std::nullopt;
  std::int64_t value = 0;
  for (const char c : text) value = value * 10 + (c - '0');
  const sys_seconds instant{seconds{text.size() >= 12 ? value / 1000 : value}};
  if (instant >= sys_days{year{2200} / January / 1}) return refused(text);
  return Result<sys_seconds>(instant);
}

// RFC 822 comments: "Thu, 16(th) Feb(ruary) 2006".
std::string without_comments(std::string_view text) {
  std::string out;
  int depth = 0;
  for (const char c : text) {
    if (c == '(')
      ++depth;
    else if (c == ')' && depth > 0)
      --depth;
    else if (depth == 0)
      out += c;
  }
  return out;
}

}  // namespace

Result<sys_seconds> parse_date(std::string_view raw) {
  constexpr std::size_t kLongest = 120;  // the longest honest date, with comments, has 70 bytes
  const auto trimmed = trim(raw);
  if (trimmed.empty() || trimmed.size() > kLongest) return refused(trimmed);
  const auto bare = trimmed.find('(') == std::string_view::npos ? std::string(trimmed) : without_comments(trimmed);
  const auto text = trim(bare);
  if (const auto instant = read_digits(text)) return *instant;
  for (const auto read : {read_iso, read_numbers, read_words})
    if (const auto parts = read(text)) return instant_of(*parts, text);
  return refused(trimmed);
}

}  // namespace voice::feeds
