#include "feeds/charset.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "feeds/charset_guess.h"
#include "feeds/charset_labels.h"
#include "feeds/iconv.h"

namespace voice::feeds {
namespace {

constexpr std::size_t kDeclarationWithin = 1024;

// An encoding we can read: a WHATWG one, or whatever else the C library knows by the label in the document.
struct Charset {
  std::string name;
  std::string iconv;
};

std::optional<Charset> charset_for(std::string_view label) {
  const auto trimmed = trim(label);
  if (const auto* known = find_charset(trimmed)) return Charset{std::string(known->name), known->iconv};
  // iconv reads "//" and paths as options, so only plain names are shown to it.
  const bool plain = !trimmed.empty() && trimmed.size() < 32 && std::all_of(trimmed.begin(), trimmed.end(), [](char c) {
    return is_alpha(c) || is_digit(c) || c == '-' || c == '_' || c == '.' || c == ':';
  });
  const std::string name(trimmed);
  if (!plain || !knows_charset(name.c_str())) return std::nullopt;
  return Charset{to_ascii_lower(name), name};
}

Charset named(std::string_view name) { return *charset_for(name); }

struct Mark {
  std::string_view bytes;
  std::string_view name;
};
// UTF-32 first: its little-endian mark begins with UTF-16's.
constexpr Mark kMarks[] = {{{"\xFF\xFE\0\0", 4}, "utf-32le"},
                           {{"\0\0\xFE\xFF", 4}, "utf-32be"},
                           {"\xEF\xBB\xBF", "utf-8"},
                           {"\xFF\xFE", "utf-16le"},
                           {"\xFE\xFF", "utf-16be"}};

std::optional<Charset> take_byte_order_mark(std::string_view& bytes) {
  for (const auto& mark : kMarks) {
    if (!bytes.starts_with(mark.bytes)) continue;
    bytes.remove_prefix(mark.bytes.size());
    return named(mark.name);
  }
  return std::nullopt;
}

// "<?" or "<f" with zeros around them: wide text without a mark (XML 1.0, appendix F).
std::optional<Charset> by_width(std::string_view bytes) {
  if (bytes.size() < 4) return std::nullopt;
  const auto zero = [&](std::size_t i) { return bytes[i] == '\0'; };
  if (zero(0) && zero(1) && zero(2) && !zero(3)) return named("utf-32be");
  if (!zero(0) && zero(1) && zero(2) && zero(3)) return named("utf-32le");
  if (zero(0) && !zero(1) && zero(2) && !zero(3)) return named("utf-16be");
  if (!zero(0) && zero(1) && !zero(2) && zero(3)) return named("utf-16le");
  return std::nullopt;
}

std::string_view label_in_declaration(std::string_view text) {
  const auto head = text.substr(0, kDeclarationWithin);
  const auto start = head.find("<?xml");
  if (start == std::string_view::npos) return {};
  const auto declaration = head.substr(start, head.find('>', start) - start);
  auto at = find_ignoring_case(declaration, "encoding");
  if (at == std::string_view::npos) return {};
  at = declaration.find_first_of("\"'", at);
  if (at == std::string_view::npos) return {};
  const auto end = declaration.find(declaration[at], at + 1);
  return end == std::string_view::npos ? std::string_view() : declaration.substr(at + 1, end - at - 1);
}

// EBCDIC's "<?xm": the declaration itself has to be decoded before it can be read.
std::string_view declared_label(std::string_view bytes, std::string& ebcdic_head) {
  if (!bytes.starts_with("\x4C\x6F\xA7\x94")) return label_in_declaration(bytes);
  ebcdic_head = convert(bytes.substr(0, kDeclarationWithin), "IBM037").text;
  const auto label = label_in_declaration(ebcdic_head);
  return label.empty() ? "IBM037" : label;
}

struct Utf8Census {
  std::size_t letters = 0;  // well-formed sequences of two bytes and more
  std::size_t broken = 0;
};

Utf8Census census(std::string_view bytes) {
  Utf8Census count;
  for (std::size_t at = 0; at < bytes.size();) {
    if (static_cast<unsigned char>(bytes[at]) < 0x80) {
      ++at;
      continue;
    }
    const auto from = at;
    next_code_point(bytes, at);
    // A broken byte moves one further; an honest U+FFFD has three bytes.
    ++(at - from > 1 ? count.letters : count.broken);
  }
  return count;
}

// Mostly UTF-8 with strays: single bytes pasted from a word processor, so they are read as windows-1252.
std::string mend_utf8(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + 16);
  for (std::size_t at = 0; at < bytes.size();) {
    const auto from = at;
    const char32_t c = next_code_point(bytes, at);
    if (c == 0xFFFD && at - from == 1)
      out += convert(bytes.substr(from, 1), "CP1252").text;
    else
      out += bytes.substr(from, at - from);
  }
  return out;
}

bool is_double_byte(std::string_view name) {
  static constexpr std::string_view kNames[] = {"gbk", "gb18030", "big5", "euc-jp", "shift_jis", "euc-kr"};
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

// Valid UTF-8 is no accident: one accented letter in it has a chance of 1 in 30 or so to be valid by luck under a
// single-byte label, and double-byte text needs a handful of letters before luck can be ruled out.
bool utf8_contradicts(std::string_view bytes, const Charset& label) {
  if (label.name == "utf-8" || label.name.starts_with("utf-") || label.name.starts_with("iso-2022")) return false;
  if (!is_valid_utf8(bytes)) return false;
  const auto letters = census(bytes).letters;
  return letters >= (is_double_byte(label.name) ? 8U : 1U);
}

// U+0080 to U+009F are controls that nobody means: somebody copied windows-1252 bytes into UTF-8 one by one.
void replace_c1_controls(std::string& text) {
  std::size_t at = text.find('\xC2');
  if (at == std::string::npos) return;
  std::string out;
  std::size_t copied = 0;
  for (; at != std::string::npos; at = text.find('\xC2', at + 2)) {
    const char second = text[at + 1];
    if (static_cast<unsigned char>(second) >= 0xA0) continue;
    out.append(text, copied, at - copied);
    const auto meant = convert(std::string_view(&second, 1), "CP1252");
    if (meant.broken == 0) out += meant.text;
    copied = at + 2;
  }
  if (copied == 0) return;
  out.append(text, copied);
  text = std::move(out);
}

DecodedText decode_utf8(std::string_view bytes, bool declared) {
  DecodedText out;
  out.encoding = "utf-8";
  if (is_valid_utf8(bytes)) {
    out.text = std::string(bytes);
    return out;
  }
  out.clean = false;
  const auto count = census(bytes);
  if (count.letters > 2 * count.broken) {
    out.text = mend_utf8(bytes);
    out.warnings.push_back(
        "Some bytes of the feed are not UTF-8 and were read as windows-1252; text pasted from elsewhere "
        "may look wrong");
    return out;
  }
  const Charset guess = named(guess_charset(bytes));
  out.encoding = guess.name;
  out.text = convert(bytes, guess.iconv.c_str()).text;
  out.warnings.push_back(
      std::string(declared ? "The feed says it is UTF-8 but is not" : "The feed does not say its encoding") +
      "; it was read as " + guess.name + ". Save it as UTF-8, or name its encoding in the XML declaration");
  return out;
}

DecodedText decode_as(std::string_view bytes, const Charset& charset) {
  if (charset.name == "utf-8") return decode_utf8(bytes, true);
  auto converted = convert(bytes, charset.iconv.c_str());
  DecodedText out;
  out.text = std::move(converted.text);
  out.encoding = charset.name;
  out.clean = converted.broken == 0;
  if (!out.clean)
    out.warnings.push_back("Some bytes of the feed mean nothing in " + charset.name + ", the encoding it names");
  return out;
}

DecodedText decode_labelled(std::string_view bytes, std::string_view label, std::string_view where) {
  const auto charset = charset_for(label);
  if (!charset) {
    auto out = decode_utf8(bytes, false);
    out.warnings.push_back("The encoding \"" + repair_utf8(label.substr(0, 40)) + "\" in the " + std::string(where) +
                           " is unknown; the feed was read as " + out.encoding);
    return out;
  }
  // A label that was read as ASCII cannot be UTF-16 or UTF-32 (WHATWG, "prescan"): the text is narrow.
  const bool wide = charset->name.starts_with("utf-16") || charset->name.starts_with("utf-32");
  if (wide && !by_width(bytes)) return decode_utf8(bytes, false);
  if (!utf8_contradicts(bytes, *charset)) return decode_as(bytes, *charset);
  auto out = decode_utf8(bytes, true);
  out.warnings.push_back("The " + std::string(where) + " names the encoding " + charset->name +
                         " but the feed is UTF-8");
  return out;
}

DecodedText decode(std::string_view bytes, std::string_view content_type) {
  if (const auto marked = take_byte_order_mark(bytes)) return decode_as(bytes, *marked);
  if (const auto wide = by_width(bytes)) return decode_as(bytes, *wide);
  if (const auto label = charset_parameter(content_type); !label.empty() && charset_for(label))
    return decode_labelled(bytes, label, "Content-Type header");
  std::string ebcdic_head;
  if (const auto label = declared_label(bytes, ebcdic_head); !label.empty())
    return decode_labelled(bytes, label, "XML declaration");
  return decode_utf8(bytes, false);
}

}  // namespace

std::string_view encoding_for_label(std::string_view label) {
  const auto* known = find_charset(label);
  return known == nullptr ? std::string_view() : known->name;
}

std::string_view charset_parameter(std::string_view content_type) {
  const auto at = find_ignoring_case(content_type, "charset=");
  if (at == std::string_view::npos) return {};
  auto value = content_type.substr(at + 8);
  value = trim(value.substr(0, value.find(';')));
  if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front())
    value = value.substr(1, value.size() - 2);
  return trim(value);
}

DecodedText to_utf8(std::string_view bytes, std::string_view content_type) {
  auto out = decode(bytes, content_type);
  replace_c1_controls(out.text);
  // A mark that was decoded with the text, or stands twice.
  while (out.text.starts_with("\xEF\xBB\xBF")) out.text.erase(0, 3);
  return out;
}

}  // namespace voice::feeds
