#include "server/compress.h"

#include <brotli/encode.h>
#include <cassert>
#include <libdeflate.h>
#include <memory>
#include <new>
#include <stdexcept>

namespace voice::server {
namespace {

struct FreeCompressor {
  void operator()(libdeflate_compressor* compressor) const { libdeflate_free_compressor(compressor); }
};

std::string gzip_at(std::string_view bytes, int level) {
  const std::unique_ptr<libdeflate_compressor, FreeCompressor> compressor(libdeflate_alloc_compressor(level));
  if (!compressor) throw std::bad_alloc();
  std::string out(libdeflate_gzip_compress_bound(compressor.get(), bytes.size()), '\0');
  const auto size = libdeflate_gzip_compress(compressor.get(), bytes.data(), bytes.size(), out.data(), out.size());
  assert(size > 0);  // only where it does not fit, and the bound is that it does
  out.resize(size);
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

std::string gzip(std::string_view bytes) { return gzip_at(bytes, 4); }
std::string brotli(std::string_view bytes) { return brotli_at(bytes, 5); }
std::string gzip_best(std::string_view bytes) { return gzip_at(bytes, 12); }
std::string brotli_best(std::string_view bytes) { return brotli_at(bytes, BROTLI_MAX_QUALITY); }

}  // namespace voice::server
