#include "server/static_files.h"

#include <memory>
#include <mutex>
#include <unordered_map>

#include "server/compress.h"
#include "server/headers.h"
#include "views/assets.h"

namespace voice::server {
namespace {

std::string type_of(std::string_view name) {
  static const std::unordered_map<std::string_view, const char*> kTypes = {
      {".css", "text/css; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".ico", "image/x-icon"},
      {".webmanifest", "application/manifest+json"},
      {".txt", "text/plain; charset=utf-8"},
      {".xml", "application/xml; charset=utf-8"},
      {".jpg", "image/jpeg"},
      {".webp", "image/webp"},
      {".woff2", "font/woff2"},
  };
  const auto dot = name.rfind('.');
  const auto found = dot == std::string_view::npos ? kTypes.end() : kTypes.find(name.substr(dot));
  return found == kTypes.end() ? "application/octet-stream" : found->second;
}

std::shared_ptr<const Representation> represent(const views::Asset& asset) {
  auto made = std::make_shared<Representation>(std::string(asset.bytes), type_of(asset.name));
  if (is_compressible(made->content_type())) {
    made->put(Encoding::gzip, gzip_best(asset.bytes));
    made->put(Encoding::brotli, brotli_best(asset.bytes));
  }
  return made;
}

/// Compressed once, as well as can be: what never changes is worth the time.
std::shared_ptr<const Representation> representation_of(const views::Asset& asset) {
  static std::mutex mutex;
  static std::unordered_map<std::string, std::shared_ptr<const Representation>> made;
  const std::lock_guard lock(mutex);
  auto& kept = made[asset.path];
  if (!kept) kept = represent(asset);
  return kept;
}

}  // namespace

Response static_file(const Request& request, const Site&, store::Reader&) {
  const bool hashed = request.path.starts_with("/static/");
  const views::Asset* asset = hashed ? views::find_asset_by_path(request.path)
                                     : views::find_asset_by_name(std::string_view(request.path).substr(1));
  if (!asset) return not_found();
  Response response;
  response.shared = representation_of(*asset);
  response.set("Cache-Control", hashed ? "public, max-age=31536000, immutable" : "public, max-age=86400");
  response.set("Cross-Origin-Resource-Policy", "same-origin");
  return response;
}

}  // namespace voice::server
