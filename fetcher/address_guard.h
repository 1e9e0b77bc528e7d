// fetcher/address_guard.h - which addresses this program may talk to.
//
// Members, readers and hubs hand us addresses, and so does every redirect: without a guard the hub would fetch
// http://169.254.169.254/ for a stranger (SSRF). The guard judges the resolved address at the moment of connecting, so other
// spellings (2130706433, 0x7f.1) and names that change their answer (rebinding) gain nothing. IPv4 inside IPv6 (mapped,
// NAT64, 6to4, Teredo) is unwrapped and judged as well.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

struct sockaddr;

namespace voice::fetcher {

/// An IP address. IPv4 is held as ::ffff:a.b.c.d, so that one comparison serves both.
struct IpAddress {
  std::array<std::uint8_t, 16> bytes{};

  /// Reads dotted IPv4 or IPv6 text (no brackets, a zone after % is dropped); nothing for names.
  static std::optional<IpAddress> parse(std::string_view text);
  /// Nothing for families other than AF_INET and AF_INET6.
  static std::optional<IpAddress> from(const sockaddr* address);
  bool is_v4() const;
  std::string text() const;
  friend bool operator==(const IpAddress&, const IpAddress&) = default;
};

/// A block of addresses, as "10.0.0.0/8" or "fd00::/8"; a bare address is a block of one.
struct IpBlock {
  IpAddress base;
  int bits = 128;  ///< counted on the 16-byte form: an IPv4 /8 is 104
  static std::optional<IpBlock> parse(std::string_view text);
  bool contains(const IpAddress& address) const;
};

class AddressGuard {
 public:
  /// `allowed_blocks`: private blocks that may be reached all the same. `ports`: "443" or "8000-9000".
  /// Errors: malformed, naming the entry that cannot be read.
  static Result<AddressGuard> make(const std::vector<std::string>& allowed_blocks,
                                   const std::vector<std::string>& ports);

  /// Why this address may not be connected to, as the end of a sentence ("10.0.0.1 is a private address"); nothing where
  /// it may.
  std::optional<std::string> objection(const IpAddress& address) const;
  bool allows_port(int port) const;

 private:
  bool is_allowed(const IpAddress& address) const;

  std::vector<IpBlock> allowed_;
  std::vector<std::pair<int, int>> ports_;
};

}  // namespace voice::fetcher
