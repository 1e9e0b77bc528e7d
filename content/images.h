// content/images.h - pictures of a post, and the post without them.
//
// Our pages load nothing from members' servers: a picture there would tell them who reads what. Until the hub serves its
// own copies, a page shows a link to the picture, named by its description.
#pragma once
#include <string>
#include <vector>

#include "content/safe_html.h"

namespace voice::content {

struct Image {
  std::string url;  ///< absolute, http or https
  std::string alt;
};

std::vector<Image> images_of(const SafeHtml& html);  ///< in document order

/// Each picture replaced by a link to it (by its description alone where it stands inside a link already). Decoration
/// without a description (emoji apart) is left out where it says nothing.
SafeHtml without_images(const SafeHtml& html);

}  // namespace voice::content
