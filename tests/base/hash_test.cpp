#include "base/hash.h"

#include <doctest/doctest.h>

using namespace voice;

TEST_CASE("keyed hashes are those of RFC 2202 and RFC 4231") {
  const std::string long_key(80, '\xaa');
  const std::string jefe = "what do ya want for nothing?";
  CHECK(to_hex(hmac_sha1("Jefe", jefe)) == "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
  CHECK(to_hex(hmac_sha1(std::string(20, '\x0b'), "Hi There")) == "b617318655057264e28bc0b6fb378c8ef146be00");
  CHECK(to_hex(hmac_sha1(long_key, "Test Using Larger Than Block-Size Key and Larger Than One Block-Size Data")) ==
        "e8e99d0f45237d786d6bbaa7965c7808bbff1a91");
  CHECK(to_hex(hmac_sha256("Jefe", jefe)) == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  CHECK(to_hex(hmac_sha512("Jefe", jefe)).substr(0, 32) == "164b7a7bfcf819e2e395fbe73b56e0a3");
}
