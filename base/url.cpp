#include "base/url.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"

namespace voice {
namespace {

std::optional<int> default_port(std::string_view scheme) {
  if (scheme == "http") return 80;
  if (scheme == "https") return 443;
  return std::nullopt;
}

bool is_hex(char c) { return is_digit(c) || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'f'); }

// Length of "scheme" in "scheme:", or 0.
std::size_t scheme_length(std::string_view text) {
  if (text.empty() || !is_alpha(text[0])) return 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == ':') return i;
    if (!is_alpha(c) && !is_digit(c) && c != '+' && c != '-' && c != '.') return 0;
  }
  return 0;
}

// What browsers drop before reading: control characters and spaces at the ends, tabs and line breaks anywhere.
std::string cleaned(std::string_view text) {
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= 0x20) text.remove_prefix(1);
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= 0x20) text.remove_suffix(1);
  std::string out;
  out.reserve(text.size());
  for (const char c : text)
    if (c != '\t' && c != '\n' && c != '\r') out += c;
  return out;
}

// Writes what may not stand in an address as %XX. Letters of other scripts too: links then survive every reader.
std::string encode_part(std::string_view part, std::string_view also) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  out.reserve(part.size());
  for (const char c : part) {
    const auto b = static_cast<unsigned char>(c);
    if (b <= 0x20 || b >= 0x7F || also.find(c) != std::string_view::npos) {
      out += '%';
      out += kDigits[b >> 4U];
      out += kDigits[b & 15U];
    } else {
      out += c;
    }
  }
  return out;
}

std::string without_dot_segments(std::string_view path) {
  std::vector<std::string_view> kept;
  const auto parts = split(path.substr(path.starts_with('/') ? 1 : 0), '/');
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto lower = to_ascii_lower(parts[i]);
    const bool last = i + 1 == parts.size();
    if (lower == "." || lower == "%2e") {
      if (last) kept.emplace_back();
    } else if (lower == ".." || lower == ".%2e" || lower == "%2e." || lower == "%2e%2e") {
      if (!kept.empty()) kept.pop_back();
      if (last) kept.emplace_back();
    } else {
      kept.push_back(parts[i]);
    }
  }
  std::string out;
  for (const auto part : kept) (out += '/') += part;
  return out.empty() ? "/" : out;
}

bool read_authority(std::string_view text, Url& url) {
  if (const auto at = text.rfind('@'); at != std::string_view::npos) {
    url.userinfo = encode_part(text.substr(0, at), "<>\"/?#");
    text.remove_prefix(at + 1);
  }
  std::string_view port;
  const auto close = text.starts_with('[') ? text.find(']') : 0;
  if (close == std::string_view::npos) return false;
  if (const auto colon = text.find(':', close); colon != std::string_view::npos) {
    port = text.substr(colon + 1);
    text = text.substr(0, colon);
  }
  url.host = to_ascii_lower(percent_decode(text));
  if (url.host.empty() || !is_valid_utf8(url.host)) return false;
  for (const char c : url.host)
    if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7F ||
        std::string_view("#/<>?@\\^|%\"`{}").find(c) != std::string_view::npos)
      return false;
  // A bracket that was written as an escape begins no IPv6 address, and such a colon no port.
  if (url.host.starts_with('[') != text.starts_with('[')) return false;
  if (url.host.starts_with('[') ? url.host.find(']') != url.host.size() - 1
                                : url.host.find_first_of("[]:") != std::string::npos)
    return false;
  if (port.empty()) return true;
  int number = 0;
  for (const char c : port) {
    if (!is_digit(c)) return false;
    number = number * 10 + (c - '0');
    if (number > 65535) return false;
  }
  if (default_port(url.scheme) != number) url.port = number;
  return true;
}

// Splits "path?query#fragment" and writes the parts.
void read_rest(std::string_view text, Url& url) {
  if (const auto hash = text.find('#'); hash != std::string_view::npos) {
    url.fragment = encode_part(text.substr(hash + 1), "<>\"`");
    text = text.substr(0, hash);
  }
  if (const auto mark = text.find('?'); mark != std::string_view::npos) {
    url.query = encode_part(text.substr(mark + 1), "<>\"'");
    text = text.substr(0, mark);
  }
  url.path = without_dot_segments(encode_part(text, "<>\"`{}"));
}

bool looks_like_ipv4(std::string_view host) {
  return !host.empty() && std::all_of(host.begin(), host.end(), [](char c) { return is_digit(c) || c == '.'; });
}

}  // namespace

std::string Url::text() const {
  std::string out = scheme + ":";
  if (is_web()) {
    out += "//";
    if (!userinfo.empty()) out += userinfo + "@";
    out += host;
    if (port) out += ":" + std::to_string(*port);
  }
  out += path;
  if (query) out += "?" + *query;
  if (fragment) out += "#" + *fragment;
  return out;
}

std::string Url::origin() const { return scheme + "://" + host + (port ? ":" + std::to_string(*port) : std::string()); }

std::optional<Url> parse_url(std::string_view raw) {
  const std::string text = cleaned(raw);
  const auto length = scheme_length(text);
  if (length == 0) return std::nullopt;
  Url url;
  url.scheme = to_ascii_lower(text.substr(0, length));
  std::string rest = text.substr(length + 1);
  if (!url.is_web()) {
    if (rest.empty()) return std::nullopt;
    url.path = encode_part(rest, "<>\"");
    return url;
  }
  // A browser reads backslashes as slashes, before the query and fragment only.
  const auto tail = std::min(rest.find('?'), rest.find('#'));
  std::replace(rest.begin(), tail == std::string::npos ? rest.end() : rest.begin() + static_cast<std::ptrdiff_t>(tail),
               '\\', '/');
  std::string_view view = rest;
  if (!view.starts_with("/")) return std::nullopt;  // "http:foo" has no host of its own
  while (view.starts_with("/")) view.remove_prefix(1);
  const auto end = view.find_first_of("/?#");
  if (!read_authority(view.substr(0, end), url)) return std::nullopt;
  read_rest(end == std::string_view::npos ? std::string_view() : view.substr(end), url);
  return url;
}

std::optional<Url> resolve_url(const Url& base, std::string_view raw) {
  std::string text = cleaned(raw);
  if (const auto length = scheme_length(text); length > 0) {
    // "http:page.html" against an http base is relative, as browsers still read it.
    const bool same = base.is_web() && equals_ignoring_case(text.substr(0, length), base.scheme);
    if (!same || text.substr(length + 1).starts_with("/")) return parse_url(text);
    text = text.substr(length + 1);
  }
  if (!base.is_web()) return std::nullopt;
  const auto tail = std::min(text.find('?'), text.find('#'));
  std::replace(text.begin(), tail == std::string::npos ? text.end() : text.begin() + static_cast<std::ptrdiff_t>(tail),
               '\\', '/');
  if (text.starts_with("//")) return parse_url(base.scheme + ":" + text);

  Url url = base;
  url.fragment.reset();
  if (text.empty()) return url;
  if (text.starts_with('#')) {
    url.fragment = encode_part(std::string_view(text).substr(1), "<>\"`");
    return url;
  }
  if (text.starts_with('?')) {
    Url only_query;
    read_rest(text, only_query);
    url.query = only_query.query;
    url.fragment = only_query.fragment;
    return url;
  }
  url.query.reset();
  if (text.starts_with('/')) {
    read_rest(text, url);
  } else {
    read_rest(base.path.substr(0, base.path.rfind('/') + 1) + text, url);
  }
  return url;
}

std::string resolve_text(std::string_view base, std::string_view reference) {
  const auto trimmed = trim(reference);
  const auto base_url = parse_url(base);
  const auto resolved = base_url ? resolve_url(*base_url, trimmed) : parse_url(trimmed);
  return resolved ? resolved->text() : std::string(trimmed);
}

bool is_tracking_parameter(std::string_view name) {
  static constexpr std::array kNames = {"fbclid",    "gclid",      "dclid",       "gbraid",  "wbraid",   "msclkid",
                                        "yclid",     "mc_cid",     "mc_eid",      "igshid",  "_hsenc",   "_hsmi",
                                        "mkt_tok",   "oly_enc_id", "oly_anon_id", "vero_id", "wickedid", "ref_src",
                                        "_openstat", "twclid",     "ttclid",      "s_cid"};
  const auto lower = to_ascii_lower(name);
  return lower.starts_with("utm_") || lower.starts_with("pk_") || lower.starts_with("mtm_") ||
         std::find(kNames.begin(), kNames.end(), lower) != kNames.end();
}

std::string url_key(std::string_view address) {
  const auto url = parse_url(address);
  if (!url || !url->is_web()) return std::string(trim(address));
  std::string key = url->host.starts_with("www.") ? url->host.substr(4) : url->host;
  if (url->port) key += ":" + std::to_string(*url->port);
  std::string path = url->path;
  for (const std::string_view file : {"/index.html", "/index.htm", "/index.php"})
    if (path.ends_with(file)) path.resize(path.size() - file.size() + 1);
  while (path.ends_with('/')) path.pop_back();
  key += path;
  if (!url->query) return key;
  std::vector<std::string_view> kept;
  for (const auto pair : split(*url->query, '&'))
    if (!pair.empty() && !is_tracking_parameter(pair.substr(0, pair.find('=')))) kept.push_back(pair);
  std::sort(kept.begin(), kept.end());
  for (std::size_t i = 0; i < kept.size(); ++i) (key += i == 0 ? '?' : '&') += kept[i];
  return key;
}

std::string registrable_domain(std::string_view host) {
  if (host.starts_with('[') || looks_like_ipv4(host)) return std::string(host);
  // Registries and shared platforms met among blogs of this field. On a platform each blog is somebody's own, but its
  // servers are one: there the platform is the owner we must be polite to, so platforms are not in this list.
  static constexpr std::array kSuffixes = {
      "co.uk",     "org.uk",  "gov.uk",        "ac.uk",    "me.uk",     "ltd.uk",     "plc.uk", "net.uk", "nhs.uk",
      "police.uk", "sch.uk",  "parliament.uk", "gov.scot", "gov.wales", "llyw.cymru", "com.au", "org.au", "gov.au",
      "co.nz",     "govt.nz", "org.nz",        "co.za",    "com.br",    "co.jp",      "or.jp",  "gc.ca"};
  const auto labels = split(host, '.');
  if (labels.size() <= 2) return std::string(host);
  const std::string last_two = std::string(labels[labels.size() - 2]) + "." + std::string(labels.back());
  const bool registry = std::find(kSuffixes.begin(), kSuffixes.end(), last_two) != kSuffixes.end();
  return registry ? std::string(labels[labels.size() - 3]) + "." + last_two : last_two;
}

std::string percent_encode(std::string_view text) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (is_alpha(c) || is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~') {
      out += c;
    } else {
      const auto b = static_cast<unsigned char>(c);
      out += '%';
      out += kDigits[b >> 4U];
      out += kDigits[b & 15U];
    }
  }
  return out;
}

std::string percent_decode(std::string_view text) {
  const auto value = [](char c) { return is_digit(c) ? c - '0' : ascii_lower(c) - 'a' + 10; };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && is_hex(text[i + 1]) && is_hex(text[i + 2])) {
      out += static_cast<char>(value(text[i + 1]) * 16 + value(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

}  // namespace voice
