#include "feeds/references.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "feeds/html_entities.h"
#include "feeds/limits.h"

namespace voice::feeds {
namespace {

// The longest name in HTML's table has 31 letters; a declared one may be longer, but not without end.
constexpr std::size_t kLongestName = 64;

// What browsers make of &#128; to &#159;: their authors meant windows-1252 (WHATWG HTML, 13.2.5.80).
constexpr std::array<char32_t, 32> kWindows1252 = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                   0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                                   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                   0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

bool append_number(std::string& out, std::string_view digits) {
  unsigned base = 10;
  if (!digits.empty() && ascii_lower(digits[0]) == 'x') {
    base = 16;
    digits.remove_prefix(1);
  }
  if (digits.empty()) return false;
  char32_t code = 0;
  for (const char c : digits) {
    const char l = ascii_lower(c);
    const unsigned digit = is_digit(c) ? unsigned(c - '0') : l >= 'a' && l <= 'f' ? unsigned(l - 'a' + 10) : 99U;
    if (digit >= base) return false;
    code = code * base + digit;
    if (code > 0x10FFFF) code = 0x110000;
  }
  if (code >= 0x80 && code < 0xA0) code = kWindows1252[code - 0x80];
  // Characters that no text can hold are no text: the reference goes, what is around it stays.
  if ((code < 0x20 && code != '\n' && code != '\t' && code != '\r') || (code >= 0xD800 && code < 0xE000) ||
      code > 0x10FFFF || code == 0xFFFE || code == 0xFFFF)
    return true;
  append_utf8(out, code);
  return true;
}

std::string_view xml_entity(std::string_view name) {
  if (name == "amp") return "&";
  if (name == "lt") return "<";
  if (name == "gt") return ">";
  if (name == "quot") return "\"";
  if (name == "apos") return "'";
  return {};
}

struct Decoder {
  std::string& out;
  const DeclaredEntities* declared;
  ReferenceFaults* faults;
  std::size_t expanded = 0;

  // `name` is what stands between & and ;.
  bool append(std::string_view name) {
    if (const auto text = xml_entity(name); !text.empty()) {
      out += text;
      return true;
    }
    if (name.size() > 1 && name[0] == '#') {
      const auto before = out.size();
      if (!append_number(out, name.substr(1))) return false;
      // XML knows neither "&#X26;" nor references to characters that it does not allow.
      if (faults != nullptr && (name[1] == 'X' || out.size() == before)) faults->html_entity = true;
      return true;
    }
    if (declared != nullptr) {
      if (const auto found = declared->find(name); found != declared->end()) {
        expanded += found->second.size();
        if (faults != nullptr) faults->expanded += found->second.size();
        if ((faults != nullptr ? faults->expanded : expanded) > kLongestExpansion) return false;
        out += found->second;
        return true;
      }
    }
    const auto text = html_entity(name);
    if (text.empty()) return false;
    if (faults != nullptr) faults->html_entity = true;
    out += text;
    return true;
  }
};

}  // namespace

std::string_view html_entity(std::string_view name) {
  const auto* end = kHtmlEntities + kHtmlEntityCount;
  const auto* found =
      std::lower_bound(kHtmlEntities, end, name, [](const HtmlEntity& e, std::string_view n) { return e.name < n; });
  return found != end && found->name == name ? found->text : std::string_view();
}

void append_decoded(std::string& out, std::string_view raw, const DeclaredEntities* declared, ReferenceFaults* faults) {
  Decoder decoder{out, declared, faults};
  std::size_t at = 0;
  for (;;) {
    const auto ampersand = raw.find('&', at);
    out.append(raw, at, ampersand - at);
    if (ampersand == std::string_view::npos) return;
    at = ampersand + 1;
    const auto end = raw.substr(at, kLongestName + 1).find(';');
    if (end != std::string_view::npos && end > 0 && decoder.append(raw.substr(at, end))) {
      at += end + 1;
      continue;
    }
    out += '&';
    if (faults != nullptr) faults->bare_ampersand = true;
  }
}

std::string decode_references(std::string_view raw) {
  std::string out;
  out.reserve(raw.size());
  append_decoded(out, raw);
  return out;
}

}  // namespace voice::feeds
