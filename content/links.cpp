#include "content/links.h"

#include "base/character_references.h"
#include "base/text.h"
#include "content/markup_text.h"

namespace voice::content {
namespace {

// SafeHtml is our own writing: names in lower case, one space before each attribute, values in double quotes, escaped. So a
// link can be read without building the tree, which would cost more than everything else a post's indexing does.
constexpr std::string_view kHref = " href=\"";

std::string_view value_of_href(std::string_view tag) {
  const auto at = tag.find(kHref);
  if (at == std::string_view::npos) return {};
  const auto from = at + kHref.size();
  return tag.substr(from, tag.find('"', from) - from);
}

}  // namespace

std::vector<Link> links_of(const SafeHtml& safe) {
  const std::string_view html = safe.text();
  std::vector<Link> links;
  for (auto at = html.find("<a "); at != std::string_view::npos; at = html.find("<a ", at + 1)) {
    const auto tag_end = html.find('>', at);  // a '>' in a value is written as &gt;
    if (tag_end == std::string_view::npos) break;
    auto url = decode_references(value_of_href(html.substr(at, tag_end - at)), ReferenceIn::attribute);
    if (!url.starts_with("http")) continue;
    const auto inside = tag_end + 1;
    const auto end = html.find("</a>", inside);
    links.push_back({std::move(url), collapse_space(text_of_markup(html.substr(inside, end - inside)))});
  }
  return links;
}

}  // namespace voice::content
