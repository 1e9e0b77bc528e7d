// fetcher/mail_message.h - a letter as the bytes that go over the wire (RFC 5322, MIME).
//
// Everything a stranger wrote is in the subject or the bodies, encoded; addresses have passed parse_email(). So no letter
// can carry a header or a recipient that we did not put there.
#pragma once
#include <string>
#include <string_view>

#include "base/clock.h"

namespace voice::fetcher {

struct MailMessage {
  std::string from;        ///< "Name <address>" or an address, as in the settings
  std::string to;          ///< one address
  std::string subject;     ///< UTF-8; line breaks become spaces
  std::string text;        ///< UTF-8, lines parted by \n
  std::string html;        ///< a whole document; empty: plain text only
  std::string message_id;  ///< without angle brackets
  sys_seconds date{};
};

/// The address in "Name <address>", or the whole text.
std::string address_in(std::string_view from);

/// With CRLF line ends, 7-bit, no line over 78 bytes; multipart/alternative where there is HTML.
std::string mime_text(const MailMessage& message);

}  // namespace voice::fetcher
