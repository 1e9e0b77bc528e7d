#include "content/page_claims.h"

#include "base/text.h"
#include "base/url.h"
#include "content/html_parser.h"

namespace voice::content {
namespace {

template <class Visit>
void visit_elements(const html::Node& node, Visit&& visit) {
  for (const auto* child = node.first; child; child = child->next) {
    visit(*child);
    visit_elements(*child, visit);
  }
}

bool has_word(std::string_view words, std::string_view wanted) {
  for (const auto word : split(words, ' '))
    if (equals_ignoring_case(trim(word), wanted)) return true;
  return false;
}

}  // namespace

std::vector<std::string> meta_values(std::string_view html, std::string_view name) {
  const auto source = repair_utf8(html);
  const auto tree = html::parse_fragment(source);
  std::vector<std::string> values;
  visit_elements(tree.root(), [&](const html::Node& node) {
    if (node.tag == html::Tag::meta && equals_ignoring_case(node.value_of("name"), name))
      values.emplace_back(trim(node.value_of("content")));
  });
  return values;
}

std::vector<std::string> rel_me_links(std::string_view html, std::string_view page_url) {
  const auto source = repair_utf8(html);
  const auto tree = html::parse_fragment(source);
  std::vector<std::string> links;
  visit_elements(tree.root(), [&](const html::Node& node) {
    const bool may_link = node.tag == html::Tag::a || node.tag == html::Tag::link;
    if (may_link && has_word(node.value_of("rel"), "me"))
      links.push_back(resolve_text(page_url, node.value_of("href")));
  });
  return links;
}

std::vector<std::string> links_with_rel(std::string_view html, std::string_view rel, std::string_view page_url) {
  const auto source = repair_utf8(html);
  const auto tree = html::parse_fragment(source);
  std::string base(page_url);
  bool has_base = false;
  std::vector<std::string> links;
  visit_elements(tree.root(), [&](const html::Node& node) {
    if (node.tag == html::Tag::base && !has_base && node.find("href")) {
      has_base = true;
      base = resolve_text(page_url, node.value_of("href"));
    }
    const bool leads = node.tag == html::Tag::link && !trim(node.value_of("href")).empty();
    if (leads && has_word(node.value_of("rel"), rel)) links.push_back(resolve_text(base, node.value_of("href")));
  });
  return links;
}

}  // namespace voice::content
