// content/attributes.h - what may stand in an attribute of a stranger's element, and in which form.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/url.h"

namespace voice::content {

/// Resolves and tidies addresses of one document.
class Addresses {
 public:
  explicit Addresses(std::string_view base_url);

  /// True for an absolute web address that link() and resource() would give back unchanged: nearly all of them, and worth
  /// knowing before any of it is taken apart.
  static bool is_settled(std::string_view address);

  /// For a link: http, https, mailto or tel, without credentials and tracking parameters. Nothing for all others, and
  /// for relative ones while there is no base.
  std::optional<std::string> link(std::string_view reference) const;
  /// For a picture or a quotation's source: http or https, without credentials.
  std::optional<std::string> resource(std::string_view reference) const;
  /// The candidates of a srcset that have such an address, written anew; empty where none is left. At most 32.
  std::string image_set(std::string_view srcset) const;

 private:
  static bool is_settled_path(std::string_view path);
  bool is_own_path(std::string_view reference) const;

  std::optional<Url> base_;
  std::string origin_;  ///< of the base, where that is all a path needs
};

struct ImageCandidate {
  std::string_view url;
  std::string_view descriptor;  ///< "2x", "480w" or nothing
};
/// The candidates of a srcset (HTML, 4.8.4.2.2), at most `most`.
std::vector<ImageCandidate> image_candidates(std::string_view srcset, std::size_t most);

/// Characters that no page and no XML feed may hold: controls, and code points that are set apart as no characters.
bool has_unfit_characters(std::string_view text);
/// The text without them; carriage returns are line feeds.
std::string without_unfit_characters(std::string_view text);
/// Such text on one line. Unfit characters go before the spaces are joined, or the spaces on both sides of one would stay.
std::string fit_line(std::string_view text);

/// A language tag as BCP 47 forms it; else nothing.
bool is_language_tag(std::string_view text);
/// The number at the start of `text` where it is from `lowest` to `highest`.
std::optional<int> number_from(std::string_view text, int lowest, int highest);

}  // namespace voice::content
