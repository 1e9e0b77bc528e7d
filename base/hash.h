// base/hash.h - fingerprints of content, and the two keyed hashes that protocols ask for.
#pragma once
#include <string>
#include <string_view>

namespace voice {

/// 16 bytes of BLAKE2b: tells whether a body or an entry changed. Not a secret, not for passwords.
std::string fingerprint(std::string_view bytes);
std::string sha256(std::string_view bytes);                               ///< 32 bytes
std::string hmac_sha256(std::string_view key, std::string_view message);  ///< 32 bytes
/// 20 bytes. SHA-1 is broken for documents, not (yet) inside an HMAC; most WebSub hubs sign with nothing better.
std::string hmac_sha1(std::string_view key, std::string_view message);
std::string hmac_sha512(std::string_view key, std::string_view message);  ///< 64 bytes
std::string to_hex(std::string_view bytes);                               ///< lower case
/// Compares in constant time; false at once where lengths differ.
bool equals_secret(std::string_view a, std::string_view b);

}  // namespace voice
