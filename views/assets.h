// views/assets.h - style sheet, script and icons, from the binary, under names that change when they do.
//
// "/static/site.0123456789ab.css" may be kept for a year, because another content has another name. Templates ask for an
// asset by its own name and write what they are told.
#pragma once
#include <string>
#include <string_view>

namespace voice::views {

/// "/static/site.0123456789ab.css" for "site.css". Throws std::logic_error where there is no such asset: a template is wrong.
const std::string& asset_path(std::string_view name);
bool has_asset(std::string_view name);

struct Asset {
  std::string path;       ///< "/static/site.0123456789ab.css"
  std::string_view name;  ///< "site.css"
  std::string_view bytes;
};
/// The asset of that hashed path, or of that plain name; nullptr where there is none.
const Asset* find_asset_by_path(std::string_view path);
const Asset* find_asset_by_name(std::string_view name);

}  // namespace voice::views
