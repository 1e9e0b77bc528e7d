#include "fetcher/push_signature.h"

#include "base/hash.h"
#include "base/text.h"

namespace voice::fetcher {

bool is_signed(std::string_view header, std::string_view secret, std::string_view body) {
  const auto text = trim(header);
  const auto equals = text.find('=');
  if (secret.empty() || equals == std::string_view::npos) return false;
  const auto method = to_ascii_lower(text.substr(0, equals));
  std::string expected;
  if (method == "sha256")
    expected = hmac_sha256(secret, body);
  else if (method == "sha512")
    expected = hmac_sha512(secret, body);
  else if (method == "sha1")
    expected = hmac_sha1(secret, body);
  else
    return false;
  return equals_secret(to_hex(expected), to_ascii_lower(text.substr(equals + 1)));
}

std::string signature_of(std::string_view secret, std::string_view body) {
  return "sha256=" + to_hex(hmac_sha256(secret, body));
}

}  // namespace voice::fetcher
