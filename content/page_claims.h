// content/page_claims.h - what a page says about itself and its owner: meta elements, rel=me links, link elements.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace voice::content {

/// The content of every <meta> of that name (any case).
std::vector<std::string> meta_values(std::string_view html, std::string_view name);
/// The absolute addresses of every <a> and <link> with the word "me" in its rel.
std::vector<std::string> rel_me_links(std::string_view html, std::string_view page_url);
/// The absolute addresses of every <link> with the word `rel` in its rel, in their order, after <base>.
std::vector<std::string> links_with_rel(std::string_view html, std::string_view rel, std::string_view page_url);

}  // namespace voice::content
