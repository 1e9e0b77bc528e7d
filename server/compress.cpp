#include "server/compress.h"

#include <brotli/encode.h>
#include <stdexcept>
#include <zlib.h>

namespace voice::server {
namespace {

std::string gzip_at(std::string_view bytes, int level) {
  z_stream stream{};
  constexpr int kGzipWindow = 15 + 16;  // zlib's way of asking for a gzip header
  if (deflateInit2(&stream, level, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::runtime_error("zlib cannot start");
  std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int end = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  if (end != Z_STREAM_END) throw std::runtime_error("zlib did not finish");
  return out;
}

std::string brotli_at(std::string_view bytes, int quality) {
  std::size_t size = BrotliEncoderMaxCompressedSize(bytes.size());
  std::string out(size, '\0');
  if (!BrotliEncoderCompress(quality, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, bytes.size(),
                             reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
                             reinterpret_cast<std::uint8_t*>(out.data())))
    throw std::runtime_error("Brotli did not finish");
  out.resize(size);
  return out;
}

}  // namespace

std::string gzip(std::string_view bytes) { return gzip_at(bytes, 6); }
std::string brotli(std::string_view bytes) { return brotli_at(bytes, 5); }
std::string gzip_best(std::string_view bytes) { return gzip_at(bytes, 9); }
std::string brotli_best(std::string_view bytes) { return brotli_at(bytes, BROTLI_MAX_QUALITY); }

}  // namespace voice::server
