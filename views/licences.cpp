#include "views/licences.h"

#include "base/url.h"

namespace voice::views {

namespace {
bool is_at(std::string_view key, std::string_view place) {
  return key.starts_with(place) && (key.size() == place.size() || key[place.size()] == '/');
}

// "3.0" of "3", "3.0" or "3.0/opendefinition"; empty where it is no number.
std::string version_in(std::string_view text) {
  text = text.substr(0, text.find('/'));
  const bool is_number = !text.empty() && text.find_first_not_of("0123456789.") == std::string_view::npos;
  if (!is_number) return {};
  return std::string(text) + (text.find('.') == std::string_view::npos ? ".0" : "");
}
}  // namespace

std::string licence_name(std::string_view licence) {
  constexpr std::string_view kCreative = "creativecommons.org/licenses",
                             kZero = "creativecommons.org/publicdomain/zero",
                             kGovernment = "nationalarchives.gov.uk/doc/open-government-licence",
                             kVersion = "/version/";
  const auto whole = url_key(licence);
  const auto key = std::string_view(whole).substr(0, whole.find('?'));
  if (is_at(key, kZero)) return "Public domain (CC0)";
  if (is_at(key, kGovernment)) {
    const auto at = key.find(kVersion);
    const auto version = at == std::string_view::npos ? std::string() : version_in(key.substr(at + kVersion.size()));
    return "Open Government Licence" + (version.empty() ? "" : " v" + version);
  }
  if (!is_at(key, kCreative) || key.size() <= kCreative.size() + 1) return std::string(licence);
  const auto rest = key.substr(kCreative.size() + 1);
  const auto slash = rest.find('/');
  const auto version = slash == std::string_view::npos ? std::string() : version_in(rest.substr(slash + 1));
  if (version.empty()) return std::string(licence);
  std::string terms(rest.substr(0, slash));
  for (char& c : terms)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  return "Creative Commons " + terms + " " + version;
}

}  // namespace voice::views
