// server/chunked.h - a request's body that comes in chunks becomes one of a known length (RFC 9112, 7.1).
//
// Hubs that pass a feed on don't know its length when they begin. The chunks are put together where they arrive, behind the
// head, and the head is then written as if the length had been known: nobody further on has to know that there were chunks.
// Extensions and trailers mean nothing to us; they are read past, and bounded, because they cost us and not their sender.
#pragma once
#include <cstddef>
#include <string>

#include "server/framing.h"

namespace voice::server {

class ChunkedBody {
 public:
  /// `head_bytes`: where the body begins in the buffer that read() is given. `longest`: of the body, in bytes.
  ChunkedBody(std::size_t head_bytes, std::size_t longest)
      : end_(head_bytes), head_bytes_(head_bytes), longest_(longest) {}

  /// Puts together what has arrived in `in`: after the head come the bytes of the body, then what was not read yet. Complete:
  /// that is the next request. Refused: see status().
  Framed read(std::string& in);
  std::size_t body_bytes() const { return end_ - head_bytes_; }
  int status() const { return status_; }  ///< 400 or 413

 private:
  enum class Part { size, data, end_of_data, trailers, over };
  bool take_part(std::string& in);
  bool take_size(std::string_view line);
  bool refuse(int status);

  Part part_ = Part::size;
  std::size_t end_;         ///< of the body so far
  std::size_t at_ = 0;      ///< up to where this read() has come
  std::size_t left_ = 0;    ///< of the chunk being read
  std::size_t beside_ = 0;  ///< bytes of extensions and trailers so far
  std::size_t head_bytes_;
  std::size_t longest_;
  int status_ = 0;
};

/// Rewrites the head at the start of `in`, which says "Transfer-Encoding: chunked", to say "Content-Length: body_bytes".
void say_length(std::string& in, std::size_t body_bytes);

}  // namespace voice::server
