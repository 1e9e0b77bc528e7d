#include "base/tokens.h"

#include <sodium.h>
#include <stdexcept>

namespace voice {
namespace {
std::string base64url(const std::string& raw) {
  std::string text(sodium_base64_encoded_len(raw.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(raw.data()), raw.size(),
                    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  text.resize(text.size() - 1);  // the terminating NUL
  return text;
}
}  // namespace

SystemTokens::SystemTokens() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium could not be started");
}

std::string SystemTokens::token(std::size_t bytes) {
  std::string raw(bytes, '\0');
  randombytes_buf(raw.data(), raw.size());
  return base64url(raw);
}

std::uint32_t SystemTokens::choose(std::uint32_t below) { return randombytes_uniform(below); }

std::uint64_t SeededTokens::next() {  // SplitMix64
  std::uint64_t z = (state_ += 0x9E3779B97F4A7C15U);
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31U);
}

std::string SeededTokens::token(std::size_t bytes) {
  std::string raw;
  while (raw.size() < bytes) raw += static_cast<char>(next() & 0xFFU);
  return base64url(raw);
}

std::uint32_t SeededTokens::choose(std::uint32_t below) { return static_cast<std::uint32_t>(next() % below); }

}  // namespace voice
