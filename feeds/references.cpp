#include "feeds/references.h"

#include "base/character_references.h"
#include "base/text.h"
#include "feeds/limits.h"

namespace voice::feeds {
namespace {

// The longest name in HTML's table has 31 letters; a declared one may be longer, but not without end.
constexpr std::size_t kLongestName = 64;

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
  code = meant_by_number(code);
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
    const auto text = named_reference(name);
    if (text.empty()) return false;
    if (faults != nullptr) faults->html_entity = true;
    out += text;
    return true;
  }
};

}  // namespace

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
