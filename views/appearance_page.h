// views/appearance_page.h - where readers choose light or dark pages.
#pragma once
#include <string>
#include <vector>

#include "views/desk_page.h"

namespace voice::views {

struct AppearancePage {
  std::string form_token;
  Theme chosen = Theme::device;
  bool is_kept = false;  ///< a choice has just been made
  std::vector<Problem> problems;
};
DeskPage appearance_page(const AppearancePage& page);

}  // namespace voice::views
