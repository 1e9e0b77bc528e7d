#include "fetcher/address_guard.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>

#include "base/numbers.h"
#include "base/text.h"

namespace voice::fetcher {
namespace {

constexpr std::array<std::uint8_t, 12> kMappedPrefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

std::optional<int> number_up_to(std::string_view text, int highest) {
  const auto number = parse_number<int>(text);
  return number && *number >= 0 && *number <= highest ? number : std::nullopt;
}

IpAddress v4(const std::uint8_t* four) {
  IpAddress address;
  std::copy(kMappedPrefix.begin(), kMappedPrefix.end(), address.bytes.begin());
  std::copy(four, four + 4, address.bytes.begin() + 12);
  return address;
}

struct Denied {
  IpBlock block;
  const char* what;
};

// Special-purpose registries of IANA (RFC 6890 and its updates): whatever is not a place on the public internet.
const std::vector<Denied>& denied_blocks() {
  static const std::vector<Denied> blocks = [] {
    const struct {
      const char* block;
      const char* what;
    } table[] = {
        {"0.0.0.0/8", "an address of this host"},
        {"10.0.0.0/8", "a private address"},
        {"100.64.0.0/10", "a carrier's private address"},
        {"127.0.0.0/8", "a loopback address"},
        {"169.254.0.0/16", "a link-local address"},
        {"172.16.0.0/12", "a private address"},
        {"192.0.0.0/24", "a protocol address"},
        {"192.0.2.0/24", "an address for documentation"},
        {"192.88.99.0/24", "a 6to4 relay address"},
        {"192.168.0.0/16", "a private address"},
        {"198.18.0.0/15", "an address for benchmarks"},
        {"198.51.100.0/24", "an address for documentation"},
        {"203.0.113.0/24", "an address for documentation"},
        {"224.0.0.0/4", "a multicast address"},
        {"240.0.0.0/4", "a reserved address"},
        {"::1/128", "a loopback address"},
        {"::/96", "an address of this host"},
        {"100::/64", "a discard address"},
        {"2001::/23", "a protocol address"},
        {"2001:db8::/32", "an address for documentation"},
        {"3fff::/20", "an address for documentation"},
        {"fc00::/7", "a private address"},
        {"fe80::/10", "a link-local address"},
        {"fec0::/10", "a site-local address"},
        {"ff00::/8", "a multicast address"},
    };
    std::vector<Denied> out;
    for (const auto& row : table) out.push_back({*IpBlock::parse(row.block), row.what});
    return out;
  }();
  return blocks;
}

bool has_prefix(const IpAddress& address, std::initializer_list<std::uint8_t> prefix) {
  return std::equal(prefix.begin(), prefix.end(), address.bytes.begin());
}

// Every IPv4 address that this IPv6 address may end up at.
std::vector<IpAddress> embedded(const IpAddress& address) {
  const auto* b = address.bytes.data();
  if (has_prefix(address, {0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0})) return {v4(b + 12)};  // NAT64, RFC 6052
  if (has_prefix(address, {0x00, 0x64, 0xFF, 0x9B, 0x00, 0x01})) {
    // Local NAT64 (RFC 8215) may use the /48 layout of RFC 6052 or a /96 of its own below it; we cannot know which.
    const std::uint8_t split[] = {b[6], b[7], b[9], b[10]};
    return {v4(split), v4(b + 12)};
  }
  if (has_prefix(address, {0x20, 0x02})) return {v4(b + 2)};  // 6to4, RFC 3056
  if (has_prefix(address, {0x20, 0x01, 0x00, 0x00})) {        // Teredo, RFC 4380: the client's address is inverted
    const std::uint8_t inverted[] = {static_cast<std::uint8_t>(~b[12]), static_cast<std::uint8_t>(~b[13]),
                                     static_cast<std::uint8_t>(~b[14]), static_cast<std::uint8_t>(~b[15])};
    return {v4(b + 4), v4(inverted)};
  }
  return {};
}

const char* denial(const IpAddress& address) {
  for (const auto& denied : denied_blocks())
    if (denied.block.contains(address)) return denied.what;
  return nullptr;
}

}  // namespace

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
  const std::string plain(text.substr(0, text.find('%')));
  std::uint8_t raw[16];
  if (inet_pton(AF_INET, plain.c_str(), raw) == 1) return v4(raw);
  if (inet_pton(AF_INET6, plain.c_str(), raw) != 1) return std::nullopt;
  IpAddress address;
  std::copy(raw, raw + 16, address.bytes.begin());
  return address;
}

std::optional<IpAddress> IpAddress::from(const sockaddr* address) {
  if (address->sa_family == AF_INET) {
    sockaddr_in in{};
    std::memcpy(&in, address, sizeof in);
    std::uint8_t four[4];
    std::memcpy(four, &in.sin_addr, 4);
    return v4(four);
  }
  if (address->sa_family == AF_INET6) {
    sockaddr_in6 in{};
    std::memcpy(&in, address, sizeof in);
    IpAddress out;
    std::memcpy(out.bytes.data(), &in.sin6_addr, 16);
    return out;
  }
  return std::nullopt;
}

bool IpAddress::is_v4() const { return std::equal(kMappedPrefix.begin(), kMappedPrefix.end(), bytes.begin()); }

std::string IpAddress::text() const {
  char out[INET6_ADDRSTRLEN] = {};
  if (is_v4())
    inet_ntop(AF_INET, bytes.data() + 12, out, sizeof out);
  else
    inet_ntop(AF_INET6, bytes.data(), out, sizeof out);
  return out;
}

std::optional<IpBlock> IpBlock::parse(std::string_view text) {
  const auto slash = text.find('/');
  const auto base = IpAddress::parse(text.substr(0, slash));
  if (!base) return std::nullopt;
  const int offset = base->is_v4() && text.find(':') == std::string_view::npos ? 96 : 0;
  if (slash == std::string_view::npos) return IpBlock{*base, 128};
  const auto bits = number_up_to(text.substr(slash + 1), 128 - offset);
  if (!bits) return std::nullopt;
  return IpBlock{*base, *bits + offset};
}

bool IpBlock::contains(const IpAddress& address) const {
  const int whole = bits / 8;
  if (!std::equal(base.bytes.begin(), base.bytes.begin() + whole, address.bytes.begin())) return false;
  if (bits % 8 == 0) return true;
  const auto mask = static_cast<std::uint8_t>(0xFF00U >> (bits % 8));
  const auto at = static_cast<std::size_t>(whole);
  return (base.bytes[at] & mask) == (address.bytes[at] & mask);
}

Result<AddressGuard> AddressGuard::make(const std::vector<std::string>& allowed_blocks,
                                        const std::vector<std::string>& ports) {
  AddressGuard guard;
  for (const auto& text : allowed_blocks) {
    const auto block = IpBlock::parse(trim(text));
    if (!block) return Error{ErrorCode::malformed, "\"" + text + "\" is not a block of addresses such as 10.0.0.0/8"};
    guard.allowed_.push_back(*block);
  }
  for (const auto& text : ports) {
    const auto range = trim(text);
    const auto dash = range.find('-');
    const auto first = number_up_to(range.substr(0, dash), 65535);
    const auto last = dash == std::string_view::npos ? first : number_up_to(range.substr(dash + 1), 65535);
    if (!first || !last || *first < 1 || *last < *first)
      return Error{ErrorCode::malformed, "\"" + text + "\" is not a port or a range of ports such as 8000-9000"};
    guard.ports_.emplace_back(*first, *last);
  }
  return guard;
}

bool AddressGuard::is_allowed(const IpAddress& address) const {
  return std::any_of(allowed_.begin(), allowed_.end(), [&](const IpBlock& block) { return block.contains(address); });
}

std::optional<std::string> AddressGuard::objection(const IpAddress& address) const {
  if (is_allowed(address)) return std::nullopt;
  if (const char* what = denial(address)) return address.text() + " is " + what;
  for (const auto& inner : embedded(address)) {
    if (is_allowed(inner)) continue;
    if (const char* what = denial(inner)) return address.text() + " leads to " + inner.text() + ", which is " + what;
  }
  return std::nullopt;
}

bool AddressGuard::allows_port(int port) const {
  return std::any_of(ports_.begin(), ports_.end(),
                     [&](const auto& range) { return port >= range.first && port <= range.second; });
}

}  // namespace voice::fetcher
