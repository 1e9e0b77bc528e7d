#include "server/compress.h"

#include <doctest/doctest.h>
#include <libdeflate.h>  // to unpack what compress.h only packs
#include <memory>
#include <string>

namespace voice::server {
namespace {

std::string unpacked(const std::string& gzip, std::size_t size) {
  const std::unique_ptr<libdeflate_decompressor, void (*)(libdeflate_decompressor*)> decompressor(
      libdeflate_alloc_decompressor(), libdeflate_free_decompressor);
  std::string out(size, '\0');
  REQUIRE(libdeflate_gzip_decompress(decompressor.get(), gzip.data(), gzip.size(), out.data(), out.size(), nullptr) ==
          LIBDEFLATE_SUCCESS);
  return out;
}

TEST_CASE("what is compressed comes back as it was, whatever it is") {
  std::string noise(100'000, '\0');
  std::uint32_t state = 1;
  for (char& c : noise) c = static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
  const struct {
    const char* name;
    std::string bytes;
  } cases[] = {{"nothing", ""},
               {"one byte", "x"},
               {"a page's worth of one letter", std::string(100'000, 'x')},
               {"what cannot be made smaller", noise}};
  for (const auto& c : cases) {
    CAPTURE(c.name);
    CHECK((unpacked(gzip(c.bytes), c.bytes.size()) == c.bytes));
    CHECK((unpacked(gzip_best(c.bytes), c.bytes.size()) == c.bytes));
  }
}

}  // namespace
}  // namespace voice::server
