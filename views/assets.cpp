#include "views/assets.h"

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "base/embedded.h"
#include "base/hash.h"

namespace voice::views {
namespace {

std::string hashed_path(std::string_view name, std::string_view bytes) {
  const auto dot = name.rfind('.');
  const auto stem = name.substr(0, dot);
  const auto ending = dot == std::string_view::npos ? std::string_view() : name.substr(dot);
  std::string path = "/static/";
  path.append(stem).append(".").append(to_hex(fingerprint(bytes)).substr(0, 12)).append(ending);
  return path;
}

const std::vector<Asset>& assets() {
  static const std::vector<Asset> all = [] {
    std::vector<Asset> made;
    for (const auto& file : embedded_assets())
      made.push_back({.path = hashed_path(file.name, file.bytes), .name = file.name, .bytes = file.bytes});
    return made;
  }();
  return all;
}

}  // namespace

const Asset* find_asset_by_path(std::string_view path) {
  const auto found = std::ranges::find(assets(), path, &Asset::path);
  return found == assets().end() ? nullptr : &*found;
}

const Asset* find_asset_by_name(std::string_view name) {
  const auto found = std::ranges::find(assets(), name, &Asset::name);
  return found == assets().end() ? nullptr : &*found;
}

bool has_asset(std::string_view name) { return find_asset_by_name(name) != nullptr; }

const std::string& asset_path(std::string_view name) {
  const Asset* asset = find_asset_by_name(name);
  if (!asset) throw std::logic_error("no asset is called " + std::string(name));
  return asset->path;
}

}  // namespace voice::views
