// content/icon.h - whether a stranger's bytes are a small picture that may be shown beside a blog's name.
//
// What a file is, its first bytes say; names and Content-Type are not asked. SVG is left out: it is a document that runs
// scripts when it is opened by itself. The size in pixels is read too, because a few kilobytes can unpack to gigabytes in the
// browser of whoever looks.
#pragma once
#include <cstddef>
#include <string_view>

namespace voice::content {

constexpr std::size_t kLongestIcon = 64 << 10;  ///< bytes
constexpr int kWidestIcon = 512;                ///< pixels, either way

/// "image/png", "image/gif", "image/jpeg", "image/webp" or "image/x-icon"; empty where the bytes are none of these, are cut off
/// before their size is known, or are over a limit.
std::string_view icon_type(std::string_view bytes);

}  // namespace voice::content
