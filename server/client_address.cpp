#include "server/client_address.h"

#include <algorithm>

#include "base/text.h"

namespace voice::server {

TrustedProxies::TrustedProxies(const std::vector<std::string>& blocks) {
  for (const auto& text : blocks)
    if (const auto block = fetcher::IpBlock::parse(text)) blocks_.push_back(*block);
}

bool TrustedProxies::includes(std::string_view address) const {
  if (blocks_.empty()) return false;
  const auto ip = fetcher::IpAddress::parse(address);
  return ip && std::ranges::any_of(blocks_, [&](const auto& block) { return block.contains(*ip); });
}

std::string TrustedProxies::client_of(std::string_view socket_address, std::string_view forwarded_for) const {
  std::string client(socket_address);
  auto hops = split(forwarded_for, ',');
  while (includes(client) && !hops.empty()) {
    const auto hop = fetcher::IpAddress::parse(trim(hops.back()));
    hops.pop_back();
    if (!hop) break;
    client = hop->text();
  }
  return client;
}

}  // namespace voice::server
