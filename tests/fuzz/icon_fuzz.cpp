// What is taken for a picture is one of the kinds that are shown, within its limit, and stays what it is with bytes behind it.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "content/icon.h"
#include "property.h"

void fuzz_icon(std::string_view input) {
  using namespace voice::content;
  using voice::fuzz::property;
  constexpr std::array<std::string_view, 6> kTypes = {"",           "image/png",  "image/gif",
                                                      "image/jpeg", "image/webp", "image/x-icon"};
  const auto type = icon_type(input);
  property(std::find(kTypes.begin(), kTypes.end(), type) != kTypes.end(), "a kind of picture that is shown");
  property(type.empty() || input.size() <= kLongestIcon, "within the limit");
  if (!type.empty() && input.size() < kLongestIcon)
    property(icon_type(std::string(input) + "x") == type, "the same with a byte behind it");
}
