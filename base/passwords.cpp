#include "base/passwords.h"

#include <sodium.h>
#include <stdexcept>

#include "base/text.h"

namespace voice {
namespace {
constexpr unsigned long long kPasses = 2;
constexpr std::size_t kMemory = 19U * 1024 * 1024;
}  // namespace

std::string hash_password(std::string_view password) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium could not be started");
  char hash[crypto_pwhash_STRBYTES] = {};
  if (crypto_pwhash_str(hash, password.data(), password.size(), kPasses, kMemory) != 0)
    throw std::runtime_error("no memory to hash a password");
  return hash;
}

bool password_fits(std::string_view password, const std::string& stored) {
  if (password.size() > kLongestPassword) return false;
  if (stored.empty()) {
    hash_password(password);
    return false;
  }
  return stored.size() < crypto_pwhash_STRBYTES &&
         crypto_pwhash_str_verify(stored.c_str(), password.data(), password.size()) == 0;
}

std::string problem_with_password(std::string_view password, std::string_view email) {
  if (password.size() > kLongestPassword) return "Choose a shorter password: 256 characters at most";
  if (count_code_points(password) < kShortestPassword) return "Choose a longer password: at least 12 characters";
  if (equals_ignoring_case(password, email)) return "Choose a password that is not your e-mail address";
  if (password.find_first_not_of(password.front()) == std::string_view::npos)
    return "Choose a password that is not one character repeated";
  return {};
}

}  // namespace voice
