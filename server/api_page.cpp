#include "server/api_page.h"

#include "server/reader_pages.h"
#include "views/prose_page.h"

namespace voice::server {

Response api_page(const Request& request, const Site& site, store::Reader&) {
  const auto& s = site.settings.site;
  const views::ProsePage view{.site = s.title, .base_url = s.base_url, .contact_email = s.contact_email, .facts = {}};
  return page(
      site, head_of(request, "For programs", "Feeds, a list to embed and a JSON API, for other programs to read.", ""),
      "api", model_of(view));
}

}  // namespace voice::server
