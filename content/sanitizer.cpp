#include "content/sanitizer.h"

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
  const auto parsed = html::parse_fragment(source);
  const Addresses addresses(base_url);
  html::Tree tree(source.size() + source.size() / 2);
  auto chosen = html::choose(parsed.root(), tree, addresses);
  do {
    html::settle(tree.root(), tree);
  } while (html::match_anchors(chosen, tree.root(), tree));
  return make_safe(html::write_children(tree.root(), source.size() + source.size() / 4));
}

}  // namespace voice::content
