#include "content/sanitizer.h"

#include "base/text.h"
#include "content/attributes.h"
#include "content/cleaner.h"
#include "content/html_parser.h"
#include "content/html_writer.h"
#include "content/markup_text.h"

namespace voice::content {

SafeHtml make_safe(std::string sanitised) { return SafeHtml(std::move(sanitised)); }

namespace {

// Over the budget: the words without their markup.
SafeHtml as_text(std::string_view source) {
  std::string out;
  html::append_escaped(out, without_unfit_characters(text_of_markup(source)));
  return make_safe(std::move(out));
}

}  // namespace

SafeHtml sanitize(std::string_view source, std::string_view base_url) {
  const std::string repaired = repair_utf8(source);
  const auto parsed = html::parse_fragment(repaired);
  if (!parsed) return as_text(repaired);
  const Addresses addresses(base_url);
  html::Tree tree(repaired.size());
  auto chosen = html::choose(parsed->root(), tree, addresses);
  do {
    html::settle(tree.root(), tree);
  } while (html::match_anchors(chosen, tree.root(), tree));
  return make_safe(html::write_children(tree.root()));
}

}  // namespace voice::content
