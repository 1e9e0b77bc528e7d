// server/client_address.h - whose request this is, when a proxy brings it.
//
// X-Forwarded-For is a list that anybody may start: only what a proxy of ours added at its end is true. So it is read from
// the right, past our own proxies, and not at all where the socket's other end is no proxy of ours.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "fetcher/address_guard.h"

namespace voice::server {

class TrustedProxies {
 public:
  /// Entries that cannot be read trust nobody; settings are checked at the start.
  explicit TrustedProxies(const std::vector<std::string>& blocks);
  bool includes(std::string_view address) const;
  /// The reader's address, given the socket's other end and the header as it came ("" where none).
  std::string client_of(std::string_view socket_address, std::string_view forwarded_for) const;

 private:
  std::vector<fetcher::IpBlock> blocks_;
};

}  // namespace voice::server
