#include "base/email.h"

#include <algorithm>

#include "base/text.h"

namespace voice {
namespace {
constexpr std::size_t kLongestAddress = 254;  // RFC 5321, 4.5.3.1.3, less the angle brackets
constexpr std::size_t kLongestLocalPart = 64;

bool is_local_part(std::string_view text) {
  if (text.empty() || text.size() > kLongestLocalPart) return false;
  const auto parts = split(text, '.');
  const auto is_atom = [](char c) {
    return is_alpha(c) || is_digit(c) || std::string_view("!#$%&'*+/=?^_`{|}~-").find(c) != std::string_view::npos;
  };
  return std::ranges::all_of(
      parts, [&](std::string_view part) { return !part.empty() && std::ranges::all_of(part, is_atom); });
}

bool is_label(std::string_view label) {
  return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
         std::ranges::all_of(label, [](char c) { return is_alpha(c) || is_digit(c) || c == '-'; });
}

// "localhost" is let through for hubs that deliver to the machine they run on.
bool is_host(std::string_view text) {
  if (equals_ignoring_case(text, "localhost")) return true;
  const auto labels = split(text, '.');
  return labels.size() >= 2 && std::ranges::all_of(labels, is_label) && is_alpha(labels.back().front());
}
}  // namespace

std::optional<EmailAddress> parse_email(std::string_view text) {
  text = trim(text);
  const auto at = text.find('@');
  if (at == std::string_view::npos || text.size() > kLongestAddress) return std::nullopt;
  if (!is_local_part(text.substr(0, at)) || !is_host(text.substr(at + 1))) return std::nullopt;
  return EmailAddress{std::string(text), to_ascii_lower(text)};
}

}  // namespace voice
