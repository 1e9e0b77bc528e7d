#include "feeds/sitemap.h"

#include "base/time.h"
#include "feeds/xml_writer.h"

namespace voice::feeds {
namespace {

std::string write(const std::vector<SitemapPage>& pages, const char* root_name, const char* item_name) {
  pugi::xml_document document;
  add_prolog(document, "");
  auto root = document.append_child(root_name);
  root.append_attribute("xmlns") = "http://www.sitemaps.org/schemas/sitemap/0.9";
  for (const auto& page : pages) {
    auto item = root.append_child(item_name);
    add_text(item, "loc", page.address);
    if (page.last_change) add_text(item, "lastmod", rfc3339(*page.last_change));
  }
  return to_string(document);
}

}  // namespace

std::string write_sitemap(const std::vector<SitemapPage>& pages) { return write(pages, "urlset", "url"); }
std::string write_sitemap_index(const std::vector<SitemapPage>& sitemaps) {
  return write(sitemaps, "sitemapindex", "sitemap");
}

}  // namespace voice::feeds
