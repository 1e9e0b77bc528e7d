#include "content/icon.h"

#include <cstdint>

namespace voice::content {
namespace {

using namespace std::string_view_literals;

struct Size {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  bool fits() const { return width >= 1 && height >= 1 && width <= kWidestIcon && height <= kWidestIcon; }
};

// Numbers of `count` bytes at `at`; nothing of what is not there is ever 0 by accident: the sizes that need it do not fit.
std::uint32_t big(std::string_view bytes, std::size_t at, int count) {
  if (at + count > bytes.size()) return 0;
  std::uint32_t number = 0;
  for (int i = 0; i < count; ++i) number = number << 8 | static_cast<unsigned char>(bytes[at + i]);
  return number;
}
std::uint32_t little(std::string_view bytes, std::size_t at, int count) {
  if (at + count > bytes.size()) return 0;
  std::uint32_t number = 0;
  for (int i = count - 1; i >= 0; --i) number = number << 8 | static_cast<unsigned char>(bytes[at + i]);
  return number;
}

constexpr auto kPng = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"sv;

Size size_of_png(std::string_view bytes) { return {big(bytes, 16, 4), big(bytes, 20, 4)}; }

Size size_of_gif(std::string_view bytes) { return {little(bytes, 6, 2), little(bytes, 8, 2)}; }

// Segments up to the one that begins the frame: FF, marker, length.
Size size_of_jpeg(std::string_view bytes) {
  std::size_t at = 2;
  while (at + 9 <= bytes.size() && big(bytes, at, 1) == 0xff) {
    const auto marker = big(bytes, at + 1, 1);
    const bool frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    if (frame) return {big(bytes, at + 7, 2), big(bytes, at + 5, 2)};
    at += 2 + big(bytes, at + 2, 2);
  }
  return {};
}

constexpr std::size_t kWebpHead = 30;  // where the sizes of all three kinds end

Size size_of_webp(std::string_view bytes) {
  const auto kind = bytes.substr(12, 4);
  if (kind == "VP8X") return {little(bytes, 24, 3) + 1, little(bytes, 27, 3) + 1};
  if (kind == "VP8 ") return {little(bytes, 26, 2) & 0x3fff, little(bytes, 28, 2) & 0x3fff};
  if (kind != "VP8L") return {};
  const auto packed = little(bytes, 21, 4);
  return {(packed & 0x3fff) + 1, (packed >> 14 & 0x3fff) + 1};
}

// A folder of pictures, each a PNG or the inside of a BMP; the sizes that the folder itself names are not believed.
bool is_fitting_ico(std::string_view bytes) {
  const auto count = little(bytes, 4, 2);
  if (count == 0 || count > 20) return false;
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto length = little(bytes, 6 + 16 * i + 8, 4), from = little(bytes, 6 + 16 * i + 12, 4);
    if (from < 6 + 16 * count || from >= bytes.size() || length > bytes.size() - from) return false;
    const auto picture = bytes.substr(from, length);
    if (picture.starts_with(kPng)) {
      if (!size_of_png(picture).fits()) return false;
    } else if (little(picture, 0, 4) != 40 || !Size{little(picture, 4, 4), little(picture, 8, 4) / 2}.fits()) {
      return false;  // a BMP's height counts the picture and its mask
    }
  }
  return true;
}

}  // namespace

std::string_view icon_type(std::string_view bytes) {
  if (bytes.size() > kLongestIcon) return {};
  if (bytes.starts_with(kPng)) return size_of_png(bytes).fits() ? "image/png" : "";
  if (bytes.starts_with("GIF87a") || bytes.starts_with("GIF89a")) return size_of_gif(bytes).fits() ? "image/gif" : "";
  if (bytes.starts_with("\xff\xd8\xff")) return size_of_jpeg(bytes).fits() ? "image/jpeg" : "";
  if (bytes.size() >= kWebpHead && bytes.starts_with("RIFF") && bytes.substr(8, 4) == "WEBP")
    return size_of_webp(bytes).fits() ? "image/webp" : "";
  if (bytes.starts_with("\0\0\1\0"sv)) return is_fitting_ico(bytes) ? "image/x-icon" : "";
  return {};
}

}  // namespace voice::content
