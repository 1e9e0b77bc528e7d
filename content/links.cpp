#include "content/links.h"

#include "base/text.h"
#include "content/html_parser.h"
#include "content/tree_text.h"

namespace voice::content {
namespace {

void collect(const html::Node& node, std::vector<Link>& links) {
  for (const auto* child = node.first; child; child = child->next) {
    if (child->tag == html::Tag::a) {
      const auto url = child->value_of("href");
      if (url.starts_with("http")) links.push_back({std::string(url), collapse_space(html::text_of(*child))});
    }
    collect(*child, links);
  }
}

}  // namespace

std::vector<Link> links_of(const SafeHtml& safe) {
  std::vector<Link> links;
  const auto tree = html::parse_fragment(safe.text());
  collect(tree.root(), links);
  return links;
}

}  // namespace voice::content
