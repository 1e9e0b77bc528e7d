#include "fetcher/mail_message.h"

#include <fmt/format.h>
#include <sodium.h>

#include "base/hash.h"
#include "base/text.h"
#include "base/time.h"

namespace voice::fetcher {
namespace {

bool is_plain_ascii(std::string_view text) {
  for (const char c : text)
    if (c < ' ' || c > '~') return false;
  return true;
}

std::string base64(std::string_view bytes) {
  std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  text.resize(text.size() - 1);  // the terminating NUL
  return text;
}

// RFC 2047: an encoded word is at most 75 bytes, so 45 bytes of text each, never splitting a character.
std::string header_text(std::string_view text) {
  std::string line = collapse_space(repair_utf8(text));
  std::erase_if(line, [](char c) { return static_cast<unsigned char>(c) < ' '; });
  if (is_plain_ascii(line) && line.size() <= 60 && line.find("=?") == std::string::npos) return line;
  std::string encoded;
  for (std::string_view rest = line; !rest.empty();) {
    const auto part = utf8_prefix(rest, 45);
    if (!encoded.empty()) encoded += "\r\n ";
    encoded += "=?UTF-8?B?" + base64(part) + "?=";
    rest.remove_prefix(part.size());
  }
  return encoded;
}

std::string from_header(std::string_view from) {
  const auto open = from.find('<');
  const auto address = address_in(from);
  const auto name = open == std::string_view::npos ? std::string_view() : trim(from.substr(0, open));
  if (name.empty()) return address;
  const bool quotable = is_plain_ascii(name) && name.find_first_of("\"\\") == std::string_view::npos;
  return (quotable ? "\"" + std::string(name) + "\"" : header_text(name)) + " <" + address + ">";
}

// RFC 2045, 6.7. Lines end after at most 76 bytes, softly where the text goes on.
std::string quoted_printable(std::string_view text) {
  constexpr std::size_t kLongestLine = 76;
  std::string out;
  std::size_t column = 0;
  const auto put = [&](const std::string& piece) {
    if (column + piece.size() > kLongestLine - 1) {
      out += "=\r\n";
      column = 0;
    }
    out += piece;
    column += piece.size();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\r') continue;
    if (c == '\n') {
      out += "\r\n";
      column = 0;
      continue;
    }
    const bool ends_line = i + 1 == text.size() || text[i + 1] == '\n' || text[i + 1] == '\r';
    const bool plain = (c > ' ' && c <= '~' && c != '=') || (c == ' ' && !ends_line);
    put(plain ? std::string(1, c) : fmt::format("={:02X}", static_cast<unsigned char>(c)));
  }
  return out;
}

std::string part(const char* type, std::string_view text) {
  return fmt::format("Content-Type: {}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{}\r\n",
                     type, quoted_printable(text));
}

}  // namespace

std::string address_in(std::string_view from) {
  const auto open = from.find('<');
  const auto close = from.find('>', open == std::string_view::npos ? 0 : open);
  if (open == std::string_view::npos || close == std::string_view::npos) return std::string(trim(from));
  return std::string(trim(from.substr(open + 1, close - open - 1)));
}

std::string mime_text(const MailMessage& message) {
  std::string date = rfc822(message.date);
  date.replace(date.size() - 3, 3, "+0000");  // "GMT" is the obsolete form in mail
  std::string out = fmt::format(
      "Date: {}\r\nFrom: {}\r\nTo: {}\r\nMessage-ID: <{}>\r\nSubject: {}\r\nMIME-Version: 1.0\r\n"
      // RFC 3834: keeps holiday replies away.
      "Auto-Submitted: auto-generated\r\n",
      date, from_header(message.from), message.to, message.message_id, header_text(message.subject));
  if (message.html.empty()) return out + part("text/plain", message.text);
  const auto boundary = "part-" + to_hex(fingerprint(message.message_id + message.text + message.html));
  return out +
         fmt::format(
             "Content-Type: multipart/alternative;\r\n boundary=\"{0}\"\r\n\r\n--{0}\r\n{1}--{0}\r\n{2}--{0}--\r\n",
             boundary, part("text/plain", message.text), part("text/html", message.html));
}

}  // namespace voice::fetcher
