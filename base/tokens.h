// base/tokens.h - unguessable text for links, sessions and secrets, as something that can be handed in.
#pragma once
#include <cstdint>
#include <string>

namespace voice {

class TokenSource {
 public:
  virtual ~TokenSource() = default;
  /// `bytes` of randomness as base64url without padding: 32 bytes are 43 characters.
  virtual std::string token(std::size_t bytes = 32) = 0;
  /// An even choice from 0 to `below` - 1. `below` is over 0.
  virtual std::uint32_t choose(std::uint32_t below) = 0;
};

/// From the operating system, through libsodium. Safe from several threads.
class SystemTokens final : public TokenSource {
 public:
  SystemTokens();
  std::string token(std::size_t bytes = 32) override;
  std::uint32_t choose(std::uint32_t below) override;
};

/// The same sequence for the same seed, for tests and the demo only.
class SeededTokens final : public TokenSource {
 public:
  explicit SeededTokens(std::uint64_t seed) : state_(seed) {}
  std::string token(std::size_t bytes = 32) override;
  std::uint32_t choose(std::uint32_t below) override;

 private:
  std::uint64_t next();
  std::uint64_t state_;
};

}  // namespace voice
