// base/passwords.h - passwords kept as argon2id, through libsodium.
//
// 19 MiB and two passes (OWASP's smallest recommended setting) rather than libsodium's 64 MiB: with eight request threads a
// flood of sign-ins then asks for 150 MB at worst, which a small server has.
#pragma once
#include <string>
#include <string_view>

namespace voice {

constexpr std::size_t kShortestPassword = 12;  ///< code points
constexpr std::size_t kLongestPassword = 256;  ///< bytes: hashing is not free

/// What is stored: algorithm, cost, salt and hash in one line. Takes about a twentieth of a second, on purpose.
std::string hash_password(std::string_view password);

/// An empty `stored` (no such account, or one without a password) costs the same time and is never right, so that
/// the time an answer takes says nothing about which accounts exist.
bool password_fits(std::string_view password, const std::string& stored);

/// Empty when it will do, else what is wrong with it, as a sentence.
std::string problem_with_password(std::string_view password, std::string_view email);

}  // namespace voice
