#include "content/safe_list.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace voice::content {
namespace {

bool is_one_of(std::string_view name, std::string_view words) {
  for (const auto word : split(words, ' '))
    if (word == name) return true;
  return false;
}

constexpr std::string_view kElements =
    "a abbr address article aside b bdi bdo blockquote br caption cite code dd del details dfn div dl dt em figcaption "
    "figure "
    "footer h2 h3 h4 h5 h6 header hr i img ins kbd li mark ol p picture pre q rp rt ruby s samp section small source "
    "span "
    "strong sub summary sup table tbody td tfoot th thead time tr u ul var";
constexpr std::string_view kVoids = "br hr img source wbr";

bool may_have(std::string_view element, std::string_view attribute) {
  if (is_one_of(attribute, "id lang dir")) return !is_one_of(element, kVoids);
  struct Allowed {
    std::string_view elements, attributes;
  };
  static constexpr std::array kAllowed = {
      Allowed{"a", "href rel hreflang"},
      Allowed{"img", "src srcset sizes alt title width height class loading referrerpolicy"},
      Allowed{"source", "srcset sizes media type"},
      Allowed{"abbr dfn", "title"},
      Allowed{"blockquote q", "cite"},
      Allowed{"del ins", "cite datetime"},
      Allowed{"time", "datetime"},
      Allowed{"code pre", "class"},
      Allowed{"details", "open"},
      Allowed{"ol", "start reversed type"},
      Allowed{"li", "value"},
      Allowed{"td", "colspan rowspan align"},
      Allowed{"th", "colspan rowspan align scope"},
  };
  return std::any_of(kAllowed.begin(), kAllowed.end(), [&](const Allowed& a) {
    return is_one_of(element, a.elements) && is_one_of(attribute, a.attributes);
  });
}

bool is_web(std::string_view url) { return url.starts_with("http://") || url.starts_with("https://"); }

bool may_be_value(std::string_view element, std::string_view attribute, std::string_view value) {
  if (attribute == "href")
    return is_web(value) || value.starts_with("mailto:") || value.starts_with("tel:") ||
           value.starts_with("#user-content-");
  if (attribute == "src" || attribute == "cite") return is_web(value);
  if (attribute == "id") return value.starts_with("user-content-");
  if (attribute == "srcset") {
    for (std::size_t at = 0; at != std::string_view::npos; at = value.find(", ", at)) {
      if (at > 0) at += 2;
      if (!is_web(value.substr(at))) return false;
    }
    return true;
  }
  if (attribute == "class") return value == "emoji" ? element == "img" : value.starts_with("language-");
  if (attribute == "rel") return value == "nofollow noopener ugc";
  return true;
}

// Reads one tag at `at`, which is '<'. Strict: exactly what the writer writes.
std::string read_tag(std::string_view text, std::size_t& at) {
  const bool end = text.substr(at).starts_with("</");
  auto i = at + (end ? 2 : 1);
  const auto name_begin = i;
  while (i < text.size() && (is_alpha(text[i]) || is_digit(text[i]))) ++i;
  const auto name = text.substr(name_begin, i - name_begin);
  if (!is_one_of(name, kElements) && name != "wbr") return "element " + std::string(name);
  while (!end && i < text.size() && text[i] == ' ') {
    const auto begin = ++i;
    while (i < text.size() && is_alpha(text[i])) ++i;
    const auto attribute = text.substr(begin, i - begin);
    if (!text.substr(i).starts_with("=\"")) return "an attribute of " + std::string(name) + " without a quoted value";
    const auto close = text.find('"', i + 2);
    if (close == std::string_view::npos) return "an open quote in " + std::string(name);
    const auto value = text.substr(i + 2, close - i - 2);
    if (!may_have(name, attribute)) return "attribute " + std::string(attribute) + " on " + std::string(name);
    if (value.find_first_of("<>") != std::string_view::npos) return "an unescaped angle in " + std::string(attribute);
    if (!may_be_value(name, attribute, value))
      return std::string(attribute) + " on " + std::string(name) + ": " + std::string(value);
    i = close + 1;
  }
  if (i >= text.size() || text[i] != '>') return "a broken tag " + std::string(name);
  at = i + 1;
  return {};
}

}  // namespace

std::string unsafe_in(std::string_view text) {
  if (!is_valid_utf8(text)) return "invalid UTF-8";
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '<') {
      if (auto fault = read_tag(text, at); !fault.empty()) return fault;
      continue;
    }
    if (c == '>') return "an unescaped >";
    const auto b = static_cast<unsigned char>(c);
    if ((b < 0x20 && c != '\n' && c != '\t') || b == 0x7F) return "a control character";
    ++at;
  }
  return {};
}

}  // namespace voice::content
