// base/email.h - addresses letters can be sent to.
//
// RFC 5321 allows quoted local parts, comments and (with SMTPUTF8) any script; hardly anybody has such an address, and
// each is a way to smuggle a second header or recipient. We take what mail forms take: ASCII, one @, a host with a dot.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace voice {

struct EmailAddress {
  std::string text;  ///< as written, without spaces around it
  std::string key;   ///< lower case: two addresses with one key are one mailbox
};

/// Nothing for whatever could not be written into an envelope or a header as it stands. At most 254 bytes.
std::optional<EmailAddress> parse_email(std::string_view text);

}  // namespace voice
