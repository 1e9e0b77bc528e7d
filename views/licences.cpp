#include "views/licences.h"

#include <vector>

#include "base/text.h"
#include "base/url.h"

namespace voice::views {

std::string licence_name(std::string_view licence) {
  constexpr std::string_view kCreative = "creativecommons.org/licenses/", kZero = "creativecommons.org/publicdomain/zero",
                             kGovernment = "nationalarchives.gov.uk/doc/open-government-licence";
  const auto key = url_key(licence);
  if (key.starts_with(kZero)) return "Public domain (CC0)";
  if (key.starts_with(kGovernment)) {
    const auto version = key.rfind("/version/");
    return "Open Government Licence" + (version == std::string::npos ? "" : " v" + key.substr(version + 9) + ".0");
  }
  const auto parts = key.starts_with(kCreative) ? split(std::string_view(key).substr(kCreative.size()), '/')
                                                : std::vector<std::string_view>{};
  if (parts.size() < 2 || parts[0].empty()) return std::string(licence);  // a jurisdiction may follow, and a language
  std::string terms(parts[0]);
  for (char& c : terms)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  return "Creative Commons " + terms + " " + std::string(parts[1]);
}

}  // namespace voice::views
