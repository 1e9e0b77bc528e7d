// SHA-1 (FIPS 180-4, 6.1) and its HMAC (RFC 2104): libsodium rightly leaves it out, WebSub hubs do not.
#include <array>
#include <bit>
#include <cstdint>

#include "base/hash.h"

namespace voice {
namespace {

constexpr std::size_t kBlock = 64;

using Words = std::array<std::uint32_t, 5>;

void add_block(Words& state, const unsigned char* block) {
  std::array<std::uint32_t, 80> w{};
  for (std::size_t i = 0; i < 16; ++i)
    w[i] = static_cast<std::uint32_t>(block[i * 4]) << 24U | static_cast<std::uint32_t>(block[i * 4 + 1]) << 16U |
           static_cast<std::uint32_t>(block[i * 4 + 2]) << 8U | static_cast<std::uint32_t>(block[i * 4 + 3]);
  for (std::size_t i = 16; i < 80; ++i) w[i] = std::rotl(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
  auto [a, b, c, d, e] = state;
  for (std::size_t i = 0; i < 80; ++i) {
    const std::uint32_t f = i < 20   ? (b & c) | (~b & d)
                            : i < 40 ? b ^ c ^ d
                            : i < 60 ? (b & c) | (b & d) | (c & d)
                                     : b ^ c ^ d;
    constexpr std::uint32_t kRounds[] = {0x5A827999, 0x6ED9EBA1, 0x8F1BBCDC, 0xCA62C1D6};
    const std::uint32_t next = std::rotl(a, 5) + f + e + kRounds[i / 20] + w[i];
    e = d;
    d = c;
    c = std::rotl(b, 30);
    b = a;
    a = next;
  }
  state = {state[0] + a, state[1] + b, state[2] + c, state[3] + d, state[4] + e};
}

std::string sha1(std::string message) {
  const auto bits = static_cast<std::uint64_t>(message.size()) * 8;
  message += '\x80';
  while (message.size() % kBlock != kBlock - 8) message += '\0';
  for (int shift = 56; shift >= 0; shift -= 8)
    message += static_cast<char>((bits >> static_cast<unsigned>(shift)) & 0xFFU);
  Words state = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
  for (std::size_t at = 0; at < message.size(); at += kBlock)
    add_block(state, reinterpret_cast<const unsigned char*>(message.data()) + at);
  std::string out;
  for (const auto word : state)
    for (int shift = 24; shift >= 0; shift -= 8)
      out += static_cast<char>((word >> static_cast<unsigned>(shift)) & 0xFFU);
  return out;
}

}  // namespace

std::string hmac_sha1(std::string_view key, std::string_view message) {
  std::string padded = key.size() > kBlock ? sha1(std::string(key)) : std::string(key);
  padded.resize(kBlock, '\0');
  std::string inner = padded;
  std::string outer = padded;
  for (auto& c : inner) c = static_cast<char>(c ^ 0x36);
  for (auto& c : outer) c = static_cast<char>(c ^ 0x5C);
  return sha1(outer + sha1(inner + std::string(message)));
}

}  // namespace voice
