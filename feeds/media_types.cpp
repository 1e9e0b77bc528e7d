#include "feeds/media_types.h"

#include "base/text.h"

namespace voice::feeds {
namespace {

struct Ending {
  std::string_view ending;
  std::string_view type;
};
constexpr Ending kEndings[] = {{"mp3", "audio/mpeg"},      {"m4a", "audio/x-m4a"},
                               {"m4b", "audio/x-m4b"},     {"aac", "audio/aac"},
                               {"ogg", "audio/ogg"},       {"oga", "audio/ogg"},
                               {"opus", "audio/opus"},     {"wav", "audio/wav"},
                               {"flac", "audio/flac"},     {"mp4", "video/mp4"},
                               {"m4v", "video/x-m4v"},     {"mov", "video/quicktime"},
                               {"webm", "video/webm"},     {"ogv", "video/ogg"},
                               {"avi", "video/x-msvideo"}, {"mpg", "video/mpeg"},
                               {"mpeg", "video/mpeg"},     {"jpg", "image/jpeg"},
                               {"jpeg", "image/jpeg"},     {"png", "image/png"},
                               {"gif", "image/gif"},       {"webp", "image/webp"},
                               {"avif", "image/avif"},     {"svg", "image/svg+xml"},
                               {"pdf", "application/pdf"}, {"epub", "application/epub+zip"},
                               {"zip", "application/zip"}, {"torrent", "application/x-bittorrent"}};

}  // namespace

std::string media_type_of(std::string_view declared, std::string_view address) {
  declared = trim(declared);
  const auto slash = declared.find('/');
  if (slash != std::string_view::npos && slash > 0 && slash + 1 < declared.size() &&
      declared.find(' ') == std::string_view::npos)
    return to_ascii_lower(declared);
  auto path = address.substr(0, address.find_first_of("?#"));
  path = path.substr(path.rfind('/') + 1);
  const auto dot = path.rfind('.');
  if (dot == std::string_view::npos) return {};
  for (const auto& known : kEndings)
    if (equals_ignoring_case(known.ending, path.substr(dot + 1))) return std::string(known.type);
  return {};
}

}  // namespace voice::feeds
