#include "content/attributes.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "content/eight_bytes.h"

namespace voice::content {
namespace {

// The parameters newsletters and analytics add to tell where a reader came from. Narrower than what url_key() ignores
// when it compares: here the address is changed, so only what no server needs is taken out.
bool only_counts_readers(std::string_view name) {
  return is_tracking_parameter(name) && !equals_ignoring_case(name, "ref_src") && !equals_ignoring_case(name, "s_cid");
}

void drop_tracking(Url& url) {
  if (!url.query) return;
  std::string kept;
  bool dropped = false;
  for (const auto part : split(*url.query, '&')) {
    if (only_counts_readers(part.substr(0, part.find('=')))) {
      dropped = true;
      continue;
    }
    if (!kept.empty()) kept += '&';
    kept += part;
  }
  if (!dropped) return;
  if (kept.empty())
    url.query.reset();
  else
    url.query = kept;
}

bool counts_readers(std::string_view query) {
  for (;;) {
    const auto end = query.find('&');
    const auto part = query.substr(0, end);
    if (only_counts_readers(part.substr(0, part.find('=')))) return true;
    if (end == std::string_view::npos) return false;
    query.remove_prefix(end + 1);
  }
}

// Characters of path, query and fragment that are written as they are read.
constexpr auto kPlain = [] {
  std::array<bool, 256> plain{};
  for (unsigned char c = 'a'; c <= 'z'; ++c) plain[c] = plain[c - 32U] = true;
  for (unsigned char c = '0'; c <= '9'; ++c) plain[c] = true;
  for (const char c : std::string_view("-._~!$&()*+,;=:@%/")) plain[static_cast<unsigned char>(c)] = true;
  return plain;
}();

// An opaque address (mailto:, tel:) keeps only what can stand in one.
bool is_plain_opaque(const Url& url) {
  return (url.scheme == "mailto" || url.scheme == "tel") &&
         std::none_of(url.path.begin(), url.path.end(), [](char c) { return static_cast<unsigned char>(c) <= 0x20; });
}

// Without a password for the world to see. Nothing where the host was damaged on its way here.
std::optional<std::string> tidy(Url& url) {
  if (url.host.find("\xEF\xBF\xBD") != std::string::npos || has_unfit_characters(url.host)) return std::nullopt;
  url.userinfo.clear();
  return url.text();
}

}  // namespace

Addresses::Addresses(std::string_view base_url) : base_(parse_url(base_url)) {
  if (base_ && !base_->is_web()) base_.reset();
  if (base_ && base_->userinfo.empty()) origin_ = base_->origin();
}

bool Addresses::is_settled(std::string_view address) {
  std::size_t at = address.starts_with("https://") ? 8 : address.starts_with("http://") ? 7 : 0;
  if (at == 0) return false;
  const auto host = at;
  while (at < address.size() && ((address[at] >= 'a' && address[at] <= 'z') || is_digit(address[at]) ||
                                 address[at] == '.' || address[at] == '-'))
    ++at;
  return at > host && is_settled_path(address.substr(at));
}

// "/about": the address is the site's and nothing has to be taken apart.
bool Addresses::is_own_path(std::string_view reference) const {
  return !origin_.empty() && !reference.starts_with("//") && is_settled_path(reference);
}

// From the first slash on.
bool Addresses::is_settled_path(std::string_view address) {
  std::size_t at = 0;
  if (!address.starts_with('/')) return false;
  enum { path, query, fragment } part = path;
  std::size_t query_at = 0, query_end = address.size();
  for (; at < address.size(); ++at) {
    const char c = address[at];
    if (c == '?' && part == path) {
      part = query;
      query_at = at + 1;
    } else if (c == '#' && part != fragment) {
      if (part == query) query_end = at;
      part = fragment;
    } else if (!kPlain[static_cast<unsigned char>(c)] || (c == '/' && part == path && at + 1 < address.size() &&
                                                          (address[at + 1] == '.' || address[at + 1] == '%'))) {
      return false;  // characters to encode, or what may be a folder above
    }
  }
  return query_at == 0 || !counts_readers(address.substr(query_at, query_end - query_at));
}

std::optional<std::string> Addresses::link(std::string_view reference) const {
  if (is_own_path(reference)) return origin_ + std::string(reference);
  auto url = base_ ? resolve_url(*base_, reference) : parse_url(reference);
  if (!url) return std::nullopt;
  if (!url->is_web()) return is_plain_opaque(*url) ? std::optional(url->text()) : std::nullopt;
  drop_tracking(*url);
  return tidy(*url);
}

std::optional<std::string> Addresses::resource(std::string_view reference) const {
  if (trim(reference).empty()) return std::nullopt;
  if (is_own_path(reference)) return origin_ + std::string(reference);
  auto url = base_ ? resolve_url(*base_, reference) : parse_url(reference);
  if (!url || !url->is_web()) return std::nullopt;
  return tidy(*url);
}

std::string Addresses::image_set(std::string_view srcset) const {
  std::string out;
  for (const auto& candidate : image_candidates(srcset, 32)) {
    auto url = resource(candidate.url);
    if (!url) continue;
    // A comma at either end of an address would be read as the comma between candidates.
    while (url->ends_with(',')) url->pop_back();
    if (!out.empty()) out += ", ";
    out += *url;
    if (!candidate.descriptor.empty()) (out += ' ') += candidate.descriptor;
  }
  return out;
}

std::vector<ImageCandidate> image_candidates(std::string_view text, std::size_t most) {
  std::vector<ImageCandidate> candidates;
  std::size_t at = 0;
  while (candidates.size() < most) {
    while (at < text.size() && (is_space(text[at]) || text[at] == ',')) ++at;
    if (at == text.size()) break;
    const auto start = at;
    while (at < text.size() && !is_space(text[at])) ++at;
    ImageCandidate candidate{text.substr(start, at - start), {}};
    if (candidate.url.ends_with(',')) {
      while (candidate.url.ends_with(',')) candidate.url.remove_suffix(1);
    } else {
      const auto comma = std::min(text.find(',', at), text.size());
      candidate.descriptor = trim(text.substr(at, comma - at));
      at = comma;
    }
    const auto& d = candidate.descriptor;
    const bool plain =
        d.empty() || (d.size() <= 8 && (d.back() == 'x' || d.back() == 'w') && is_digit(d.front()) &&
                      std::all_of(d.begin(), d.end() - 1, [](char c) { return is_digit(c) || c == '.'; }));
    if (!candidate.url.empty() && plain) candidates.push_back(candidate);
  }
  return candidates;
}

namespace {
bool is_unfit(char32_t c) {
  return (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7F && c <= 0x9F) || (c >= 0xFDD0 && c <= 0xFDEF) ||
         (c & 0xFFFE) == 0xFFFE;
}

// Which first bytes can begin an unfit character: the rest of a text need not be decoded.
constexpr auto kSuspect = [] {
  std::array<bool, 256> suspect{};
  for (std::size_t b = 0; b < 0x20; ++b) suspect[b] = b != '\t' && b != '\n';
  suspect[0x7F] = suspect[0xC2] = suspect[0xEF] = true;
  for (std::size_t b = 0xF0; b < 0xF5; ++b) suspect[b] = true;
  return suspect;
}();
}  // namespace

bool has_unfit_characters(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (at + 8 <= text.size() && is_plain(eight_bytes(text.data() + at))) {
      at += 8;
      continue;
    }
    if (!kSuspect[static_cast<unsigned char>(text[at])]) {
      ++at;
      continue;
    }
    if (is_unfit(next_code_point(text, at))) return true;
  }
  return false;
}

std::string without_unfit_characters(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto begin = at;
    const char32_t c = next_code_point(text, at);
    if (c == '\r')
      out += '\n';
    else if (!is_unfit(c))
      out += text.substr(begin, at - begin);
  }
  return out;
}

std::string fit_line(std::string_view text) { return collapse_space(without_unfit_characters(text)); }

bool is_language_tag(std::string_view text) {
  std::size_t length = 0, parts = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i == text.size() || text[i] == '-') {
      if (length == 0 || length > 8) return false;
      length = 0;
      ++parts;
    } else if (is_alpha(text[i]) || (parts > 0 && is_digit(text[i]))) {
      ++length;
    } else {
      return false;
    }
  }
  return parts <= 8;
}

std::optional<int> number_from(std::string_view text, int lowest, int highest) {
  text = trim(text);
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (text.empty() || !is_digit(text[0])) return std::nullopt;
  int value = 0;
  for (const char c : text) {
    if (!is_digit(c)) break;
    value = value * 10 + (c - '0');
    if (value > 1'000'000) return std::nullopt;
  }
  if (negative) value = -value;
  return value >= lowest && value <= highest ? std::optional(value) : std::nullopt;
}

}  // namespace voice::content
