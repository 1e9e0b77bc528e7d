// A request's head is read the same however much of what follows has arrived, and what was read says all that was sent.
#include <algorithm>
#include <string>
#include <string_view>

#include "base/text.h"
#include "property.h"
#include "server/framing.h"

namespace {

using voice::server::Framed;
using voice::server::Framing;
using voice::server::read_head;

bool same(const Framing& a, const Framing& b) {
  return a.state == b.state && a.status == b.status && a.body_bytes == b.body_bytes && a.chunked == b.chunked &&
         a.wants_continue == b.wants_continue && a.keep_alive == b.keep_alive && a.head.method == b.head.method &&
         a.head.target == b.head.target && a.head.version == b.head.version && a.head.headers == b.head.headers;
}

// Without a space more than was sent: a head as long as it may be would be refused.
std::string written(const voice::server::Head& head) {
  std::string text;
  text.append(head.method).append(" ").append(head.target).append(" ").append(head.version).append("\r\n");
  for (const auto& [name, value] : head.headers) text.append(name).append(":").append(value).append("\r\n");
  return text + "\r\n";
}

std::ptrdiff_t count(const voice::server::Head& head, std::string_view name) {
  return std::ranges::count_if(head.headers,
                               [&](const auto& field) { return voice::equals_ignoring_case(field.first, name); });
}

}  // namespace

void fuzz_framing(std::string_view input) {
  using voice::fuzz::property;
  const std::string bytes(input);
  const auto whole = read_head(bytes);
  property((whole.state == Framed::refused) == (whole.status != 0), "a status where it is refused");
  if (whole.state != Framed::incomplete) {
    const auto more = bytes + "\r\n\r\nGET / HTTP/1.1\r\n\r\n";
    property(same(read_head(more), whole), "the same whatever follows");
  }
  if (whole.state != Framed::complete) return;

  const auto& head = whole.head;
  property(whole.head_bytes == bytes.find("\r\n\r\n") + 4, "the head ends with its empty line");
  property(read_head(std::string_view(bytes).substr(0, whole.head_bytes - 1)).state == Framed::incomplete,
           "not complete before that");
  property(head.target.starts_with('/'), "a target is a path");
  property(std::ranges::all_of(head.target, [](char c) { return static_cast<unsigned char>(c) > 32; }),
           "no space or control in a target");
  for (const auto& [name, value] : head.headers)
    property(!name.empty() && value.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos,
             "no line break in a header");
  property(count(head, "Host") == 1 || (head.version == "HTTP/1.0" && count(head, "Host") == 0), "one host");
  property(count(head, "Content-Length") + count(head, "Transfer-Encoding") <= 1, "one length");
  const auto text = written(head);
  property(same(read_head(text), whole), "what was read and written again is read the same");
}
