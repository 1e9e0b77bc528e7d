#include "fetcher/asking_hubs.h"

#include <algorithm>

#include "base/url.h"
#include "fetcher/address_guard.h"

namespace voice::fetcher {
namespace {

using std::chrono::seconds;

constexpr seconds kFirstRetry{3600};
constexpr seconds kLongestRetry{7 * 86400};

}  // namespace

seconds wait_after_failures(std::int64_t failures) {
  auto wait = kFirstRetry;
  for (std::int64_t i = 0; i < failures && wait < kLongestRetry; ++i) wait *= 2;
  return std::min(wait, kLongestRetry);
}

std::string form_of(std::initializer_list<std::pair<const char*, std::string>> fields) {
  std::string body;
  for (const auto& [name, value] : fields) {
    if (!body.empty()) body += '&';
    body += std::string(name) + "=" + percent_encode(value);
  }
  return body;
}

bool is_public_name(std::string_view host) {
  return !host.empty() && host.front() != '[' && host.find('.') != std::string_view::npos && !IpAddress::parse(host) &&
         !host.ends_with(".localhost") && !host.ends_with(".local") && !host.ends_with(".internal");
}

bool can_be_called_by(const config::Settings& settings, std::string_view address) {
  const auto own = parse_url(settings.site.base_url);
  const auto other = parse_url(address);
  return own && other && (is_public_name(own->host) || !is_public_name(other->host));
}

}  // namespace voice::fetcher
