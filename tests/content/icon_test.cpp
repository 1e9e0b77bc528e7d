#include "content/icon.h"

#include <doctest/doctest.h>
#include <string>

using namespace voice::content;

namespace {

std::string big(unsigned number, int count) {
  std::string out;
  for (int i = count - 1; i >= 0; --i) out += static_cast<char>(number >> (8 * i) & 0xff);
  return out;
}
std::string little(unsigned number, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += static_cast<char>(number >> (8 * i) & 0xff);
  return out;
}

std::string png(unsigned width, unsigned height) {
  return std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16) + big(width, 4) + big(height, 4) +
         std::string("\x08\x06\0\0\0", 5) + "rest";
}
std::string gif(unsigned width, unsigned height) { return "GIF89a" + little(width, 2) + little(height, 2) + "rest"; }
std::string jpeg(unsigned width, unsigned height) {
  return "\xff\xd8\xff\xe0" + big(16, 2) + std::string(14, 'J') + "\xff\xc2" + big(17, 2) + "\x08" + big(height, 2) +
         big(width, 2) + "rest";
}
std::string webp(const std::string& kind, const std::string& inside) {
  return "RIFF" + little(100, 4) + "WEBP" + kind + little(80, 4) + inside + "the rest";
}
std::string webp_x(unsigned width, unsigned height) {
  return webp("VP8X", std::string(4, '\0') + little(width - 1, 3) + little(height - 1, 3));
}
std::string webp_lossy(unsigned width, unsigned height) {
  return webp("VP8 ", std::string("abc\x9d\x01\x2a", 6) + little(width, 2) + little(height, 2));
}
std::string webp_lossless(unsigned width, unsigned height) {
  return webp("VP8L", "\x2f" + little((width - 1) | (height - 1) << 14, 4));
}
std::string bmp(unsigned width, unsigned height) {
  return little(40, 4) + little(width, 4) + little(height * 2, 4) + std::string(28, '\0');
}
std::string ico(const std::string& first, const std::string& second = bmp(16, 16)) {
  const auto entry = [](std::size_t length, std::size_t from) {
    return std::string("\x10\x10\0\0\1\0\x20\0", 8) + little(static_cast<unsigned>(length), 4) +
           little(static_cast<unsigned>(from), 4);
  };
  return std::string("\0\0\1\0\2\0", 6) + entry(first.size(), 38) + entry(second.size(), 38 + first.size()) + first +
         second;
}

}  // namespace

TEST_CASE("a small picture is known by its bytes, and one that is too wide or high is none") {
  const struct {
    const char* type;
    std::string (*make)(unsigned, unsigned);
  } cases[] = {
      {"image/png", png},
      {"image/gif", gif},
      {"image/jpeg", jpeg},
      {"image/webp", webp_x},
      {"image/webp", webp_lossy},
      {"image/webp", webp_lossless},
      {"image/x-icon", [](unsigned w, unsigned h) { return ico(png(w, h)); }},
      {"image/x-icon", [](unsigned w, unsigned h) { return ico(bmp(16, 16), bmp(w, h)); }},
  };
  for (const auto& c : cases) {
    CAPTURE(std::string(c.type));
    CHECK(icon_type(c.make(16, 16)) == c.type);
    CHECK(icon_type(c.make(512, 512)) == c.type);
    CHECK(icon_type(c.make(513, 16)).empty());
    CHECK(icon_type(c.make(16, 513)).empty());
  }
  for (const auto& empty : {png(0, 16), png(16, 0), gif(0, 0), jpeg(16, 0), png(0xffffffff, 0xffffffff)})
    CHECK(icon_type(empty).empty());
}

TEST_CASE("what is cut off before its size is known, over the limit, or no picture, is no icon") {
  for (const auto& whole : {png(16, 16), gif(16, 16), jpeg(16, 16), webp_x(16, 16), webp_lossy(16, 16),
                            webp_lossless(16, 16), ico(png(16, 16))})
    for (std::size_t length = 0; length < whole.size() - 4; ++length) {
      const auto type = icon_type(std::string_view(whole).substr(0, length));
      // Complete up to the size in pixels, which is all that is asked of the shorter formats.
      if (!type.empty()) CHECK(type == icon_type(whole));
    }
  CHECK(icon_type(ico(png(16, 16)).substr(0, 40)).empty());
  CHECK(icon_type(png(16, 16) + std::string(kLongestIcon, 'x')).empty());
  const struct {
    const char* name;
    std::string bytes;
  } cases[] = {
      {"nothing", ""},
      {"SVG", "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"},
      {"a page", "<!DOCTYPE html><html></html>"},
      {"an icon without pictures", std::string("\0\0\1\0\0\0", 6)},
      {"a cursor", std::string("\0\0\2\0\1\0", 6) + ico(png(16, 16)).substr(6)},
      {"an icon whose picture lies outside",
       std::string("\0\0\1\0\1\0", 6) + std::string(8, '\0') + little(100, 4) + little(22, 4)},
      {"an icon whose picture is its own folder",
       std::string("\0\0\1\0\1\0", 6) + std::string(8, '\0') + little(10, 4) + little(0, 4)},
      {"JPEG without a frame", "\xff\xd8\xff\xd9"},
      {"JPEG whose segments have no length", "\xff\xd8\xff\xe0" + std::string(2000, '\0')},
  };
  for (const auto& c : cases) {
    CAPTURE(std::string(c.name));
    CHECK(icon_type(c.bytes).empty());
  }
}
