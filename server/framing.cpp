#include "server/framing.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/numbers.h"
#include "base/text.h"

namespace voice::server {
namespace {

Framing refused(int status) {
  Framing framing;
  framing.state = Framed::refused;
  framing.status = status;
  return framing;
}

bool is_token(std::string_view text) {
  constexpr std::string_view kSymbols = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::ranges::all_of(text, [&](char c) {
    return is_alpha(c) || is_digit(c) || kSymbols.find(c) != std::string_view::npos;
  });
}

bool is_visible(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) > 32 && c != 127; });
}

std::string_view take_line(std::string_view& text) {
  const auto end = text.find("\r\n");
  const auto line = text.substr(0, end);
  text.remove_prefix(end + 2);
  return line;
}

/// The methods of RFC 9110 and 5789; whatever else is asked for, no address here has it.
bool is_method(std::string_view word) {
  constexpr std::array<std::string_view, 9> kMethods = {"GET",    "HEAD",    "POST",    "PUT",  "PATCH",
                                                        "DELETE", "OPTIONS", "CONNECT", "TRACE"};
  return std::ranges::find(kMethods, word) != kMethods.end();
}

/// "/river?x" of "http://hub.example/river?x", which a server must take as well (RFC 9112, 3.2.2); "" where it is neither.
std::string_view path_and_query(std::string_view target) {
  if (target.starts_with('/')) return target;
  if (!starts_with_ignoring_case(target, "http://") && !starts_with_ignoring_case(target, "https://")) return {};
  const auto authority = target.find("//") + 2;
  const auto path = target.find_first_of("/?#", authority);
  if (path == std::string_view::npos) return "/";
  return target[path] == '/' ? target.substr(path) : std::string_view();
}

/// Returns the status to refuse with, or 0.
int read_request_line(std::string_view line, Head& head) {
  const auto parts = split(line, ' ');
  if (parts.size() != 3 || !is_token(parts[0]) || !is_visible(parts[1])) return 400;
  if (parts[2] != "HTTP/1.1" && parts[2] != "HTTP/1.0") return parts[2].starts_with("HTTP/") ? 505 : 400;
  if (!is_method(parts[0])) return 501;
  if (parts[1].size() > kLongestHeadLine) return 414;
  head.method = parts[0];
  head.target = path_and_query(parts[1]);
  head.version = parts[2];
  return head.target.empty() ? 400 : 0;
}

bool read_header_line(std::string_view line, Head& head) {
  const auto colon = line.find(':');
  // A folded line starts with a space, a smuggled one has a space before its colon: neither is a token.
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) return false;
  const auto value = trim(line.substr(colon + 1));
  const bool clean = std::ranges::none_of(value, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
  if (clean) head.headers.emplace_back(line.substr(0, colon), value);
  return clean;
}

/// Fills the length, or says that there are chunks; returns the status to refuse with, or 0.
int read_body_length(const Head& head, Framing& framing) {
  int lengths = 0, codings = 0;
  bool known = true;
  for (const auto& [name, value] : head.headers) {
    if (equals_ignoring_case(name, "Transfer-Encoding")) {
      ++codings;
      known = known && equals_ignoring_case(value, "chunked");
    } else if (equals_ignoring_case(name, "Content-Length")) {
      const auto length = parse_number<std::size_t>(value);
      if (!length) return 400;
      ++lengths;
      framing.body_bytes = *length;
    }
  }
  // A length beside chunks is how requests are smuggled; HTTP/1.0 has no chunks, so a proxy of that age would not see them.
  if (lengths + codings > 1 || (codings > 0 && head.version == "HTTP/1.0")) return 400;
  if (!known) return 501;
  framing.chunked = codings > 0;
  return 0;
}

/// One Host, and none only in HTTP/1.0 (RFC 9112, 3.2): with two, a proxy may have meant the other.
bool names_host_once(const Head& head) {
  const auto hosts =
      std::ranges::count_if(head.headers, [](const auto& field) { return equals_ignoring_case(field.first, "Host"); });
  return hosts == 1 || (hosts == 0 && head.version == "HTTP/1.0");
}

bool keeps_alive(const Head& head) {
  const auto connection = head.header("Connection");
  if (head.version == "HTTP/1.0") return equals_ignoring_case(connection, "keep-alive");
  return find_ignoring_case(connection, "close") == std::string_view::npos;
}

}  // namespace

std::string_view Head::header(std::string_view name) const {
  for (const auto& [key, value] : headers)
    if (equals_ignoring_case(key, name)) return value;
  return {};
}

Framing read_head(std::string_view bytes) {
  const auto end = bytes.find("\r\n\r\n");
  if (end == std::string_view::npos && bytes.size() <= kLongestHead + 3) return {};
  if (end > kLongestHead) return refused(bytes.find("\r\n") > kLongestHeadLine ? 414 : 431);

  Framing framing;
  framing.head_bytes = end + 4;
  auto text = bytes.substr(0, end + 2);
  if (const int status = read_request_line(take_line(text), framing.head)) return refused(status);
  framing.head.headers.reserve(16);
  while (!text.empty()) {
    const auto line = take_line(text);
    if (line.size() > kLongestHeadLine) return refused(431);
    if (!read_header_line(line, framing.head)) return refused(400);
  }
  if (!names_host_once(framing.head)) return refused(400);
  // The library would unpack a form's parts without a limit: 65 bytes of Brotli are 5 MB.
  if (const auto coding = framing.head.header("Content-Encoding");
      !coding.empty() && !equals_ignoring_case(coding, "identity"))
    return refused(415);
  if (const int status = read_body_length(framing.head, framing)) return refused(status);

  framing.state = Framed::complete;
  framing.wants_continue = equals_ignoring_case(framing.head.header("Expect"), "100-continue");
  framing.keep_alive = keeps_alive(framing.head);
  return framing;
}

}  // namespace voice::server
