#include "server/csrf.h"

#include <charconv>

#include "base/hash.h"
#include "base/text.h"

namespace voice::server {
namespace {
std::string signature(std::string_view key, std::string_view stamped) { return to_hex(hmac_sha256(key, stamped)); }
}  // namespace

std::string make_form_token(std::string_view key, std::string_view nonce, sys_seconds now) {
  const auto stamped = std::to_string(unix_seconds(now)) + "." + std::string(nonce);
  return stamped + "." + signature(key, stamped);
}

FormToken check_form_token(std::string_view key, std::string_view token, sys_seconds now) {
  if (token.empty()) return FormToken::missing;
  const auto parts = split(token, '.');
  if (parts.size() != 3 || key.empty()) return FormToken::wrong;
  const auto stamped = token.substr(0, parts[0].size() + 1 + parts[1].size());
  if (!equals_secret(parts[2], signature(key, stamped))) return FormToken::wrong;
  std::int64_t made = 0;
  std::from_chars(parts[0].data(), parts[0].data() + parts[0].size(), made);
  return now - from_unix_seconds(made) > kFormTokenLife ? FormToken::expired : FormToken::good;
}

}  // namespace voice::server
