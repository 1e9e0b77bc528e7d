#include "content/sanitizer.h"

#include <algorithm>

#include "base/text.h"
#include "content/attributes.h"
#include "content/cleaner.h"
#include "content/html_parser.h"
#include "content/html_writer.h"

namespace voice::content {

SafeHtml make_safe(std::string sanitised) { return SafeHtml(std::move(sanitised)); }

SafeHtml sanitize(std::string_view source, std::string_view base_url) {
  std::string repaired;
  if (!is_valid_utf8(source)) source = repaired = repair_utf8(source);
  const Addresses addresses(base_url);
  // What is made of a tree can have more nodes than the tree (an embed becomes a link around its name), and the result must
  // be read back whole. So of a document that comes to too many, before or after, so much less is taken that it does not.
  for (auto most = html::kMostNodes;; most = most * 2 / 5) {
    const auto parsed = html::parse_fragment(source, most);
    html::Tree tree(source.size() + source.size() / 2);
    auto chosen = html::choose(parsed.root(), tree, addresses);
    do {
      html::settle(tree.root(), tree);
    } while (html::match_anchors(chosen, tree.root(), tree));
    if (std::max(parsed.node_count(), tree.node_count()) <= html::kMostNodes)
      return make_safe(html::write_children(tree.root(), source.size() + source.size() / 4));
  }
}

}  // namespace voice::content
