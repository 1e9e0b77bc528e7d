// server/framing.h - where one HTTP request ends and the next begins.
//
// A thread is lent to a connection only when a whole request has arrived, so the ends must be found before the library
// reads it. Whatever two readers could take differently (two lengths, a length beside chunks, a bare line feed) is refused,
// because a proxy in front of us may read it the other way (RFC 9112, 11.2).
#pragma once
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace voice::server {

constexpr std::size_t kLongestHead = 16 * 1024;
constexpr std::size_t kLongestHeadLine = 8000;  ///< of the head, its target too; the library reads no line over 8,192

/// A request's head as views into the bytes it was read from.
struct Head {
  std::string_view method;
  std::string_view target;   ///< path and query; also where a whole address was sent
  std::string_view version;  ///< "HTTP/1.1"
  std::vector<std::pair<std::string_view, std::string_view>> headers;

  /// The first value, any case of `name`; "" where it was not sent.
  std::string_view header(std::string_view name) const;
  /// The target without its query, still encoded.
  std::string_view path() const { return target.substr(0, target.find('?')); }
};

enum class Framed { incomplete, complete, refused };

struct Framing {
  Framed state = Framed::incomplete;
  int status = 0;              ///< refused: 400, 414, 415, 431, 501 or 505
  std::size_t head_bytes = 0;  ///< with the empty line
  std::size_t body_bytes = 0;
  bool chunked = false;         ///< the body says itself where it ends (server/chunked.h)
  bool wants_continue = false;  ///< `Expect: 100-continue`
  bool keep_alive = true;
  Head head;
};

/// Reads the head at the start of `bytes`; says nothing about whether the body has arrived. The views in `head` are into
/// `bytes`. "incomplete": no empty line yet.
Framing read_head(std::string_view bytes);

}  // namespace voice::server
