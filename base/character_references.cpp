#include "base/character_references.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace voice {
namespace {

struct Named {
  std::string_view name;
  std::string_view text;
  bool without_semicolon;
};
constexpr Named kNamed[] = {
#include "base/character_references.inc"
};
constexpr std::size_t kLongestName = 31;    // CounterClockwiseContourIntegral
constexpr std::size_t kLongestWithout = 6;  // the longest that needs no semicolon

const Named* find_named(std::string_view name) {
  const auto* found = std::lower_bound(std::begin(kNamed), std::end(kNamed), name,
                                       [](const Named& n, auto key) { return n.name < key; });
  return found != std::end(kNamed) && found->name == name ? found : nullptr;
}

// What windows-1252 has at 0x80 to 0x9F; 0 where it has nothing.
constexpr std::array<char32_t, 32> kWindows1252 = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                   0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                                   0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                   0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

char32_t character_numbered(std::uint32_t number) {
  if (number == 0 || number > 0x10FFFF || (number >= 0xD800 && number <= 0xDFFF)) return 0xFFFD;
  return meant_by_number(number);
}

int digit_value(char c, bool hex) {
  if (is_digit(c)) return c - '0';
  const char lower = ascii_lower(c);
  return hex && lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// "#65;" or "#x41;" at `at` + 1.
bool decode_number(std::string_view text, std::size_t& at, std::string& out) {
  std::size_t i = at + 2;
  const bool hex = i < text.size() && (text[i] == 'x' || text[i] == 'X');
  if (hex) ++i;
  const auto first = i;
  std::uint32_t number = 0;
  for (; i < text.size(); ++i) {
    const int value = digit_value(text[i], hex);
    if (value < 0) break;
    number = std::min<std::uint32_t>(number * (hex ? 16U : 10U) + static_cast<std::uint32_t>(value), 0x110000);
  }
  if (i == first) return false;
  if (i < text.size() && text[i] == ';') ++i;
  append_utf8(out, character_numbered(number));
  at = i;
  return true;
}

bool decode_name(std::string_view text, std::size_t& at, std::string& out, ReferenceIn where) {
  std::size_t end = at + 1;
  while (end < text.size() && end - at <= kLongestName && (is_alpha(text[end]) || is_digit(text[end]))) ++end;
  const auto name = text.substr(at + 1, end - at - 1);
  if (end < text.size() && text[end] == ';')
    if (const Named* named = find_named(name)) {
      out += named->text;
      at = end + 1;
      return true;
    }
  for (auto length = std::min(name.size(), kLongestWithout); length >= 2; --length) {
    const Named* named = find_named(name.substr(0, length));
    if (!named || !named->without_semicolon) continue;
    const auto after = at + 1 + length;
    if (where == ReferenceIn::attribute && after < text.size() &&
        (text[after] == '=' || is_alpha(text[after]) || is_digit(text[after])))
      return false;
    out += named->text;
    at = after;
    return true;
  }
  return false;
}

}  // namespace

std::string_view named_reference(std::string_view name) {
  const auto* named = find_named(name);
  return named == nullptr ? std::string_view() : named->text;
}

char32_t meant_by_number(char32_t number) {
  const auto meant = number >= 0x80 && number <= 0x9F ? kWindows1252[number - 0x80] : 0;
  return meant != 0 ? meant : number;
}

void decode_reference(std::string_view text, std::size_t& at, std::string& out, ReferenceIn where) {
  if (at + 1 < text.size()) {
    if (text[at + 1] == '#' ? decode_number(text, at, out)
                            : is_alpha(text[at + 1]) && decode_name(text, at, out, where))
      return;
  }
  out += '&';
  ++at;
}

std::string decode_references(std::string_view text, ReferenceIn where) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '&') {
      decode_reference(text, at, out, where);
      continue;
    }
    const auto next = std::min(text.find('&', at), text.size());
    out += text.substr(at, next - at);
    at = next;
  }
  return out;
}

}  // namespace voice
