#include "server/embed.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "base/time.h"
#include "server/listing.h"
#include "views/assets.h"
#include "views/embed_page.h"
#include "views/page.h"
#include "views/post_card.h"

namespace voice::server {
namespace {

constexpr int kUsualPosts = 5;
constexpr int kMostPosts = 20;

int posts_wanted(const Request& request) {
  const auto text = request.query.get("limit");
  int wanted = kUsualPosts;
  std::from_chars(text.data(), text.data() + text.size(), wanted);
  return std::clamp(wanted, 1, kMostPosts);
}

views::EmbedItem item_of(const store::RiverEntry& entry) {
  const auto card = views::card_of(entry, {.under_its_day = false});
  const auto when = entry.published.value_or(entry.first_seen);
  return {.title = card.title,
          .url = card.url,
          .blog = entry.blog_title,
          .date = views::dated(entry),
          .iso = rfc3339(when),
          .language = card.language,
          .direction = card.direction};
}

}  // namespace

Response embed_page(const Request& request, const Site& site, store::Reader& db) {
  if (!site.views) throw std::logic_error("this hub was started without pages");
  const auto view = request.query.get("view");
  const auto listing = find_listing(db, site, view.empty() ? "/" : view, request.query);
  if (!listing) return no_listing(db, view.empty() ? "/" : view, request.query);
  views::EmbedPage page{.title = listing->title.empty() ? site.settings.site.title : listing->title,
                        .url = site.address_of(listing->page_address()),
                        .site = site.settings.site.title,
                        .home = site.address_of("/"),
                        .css = views::asset_path("site.css"),
                        .dark_css = views::asset_path("dark.css"),
                        .items = {}};
  for (const auto& entry : entries_of(db, *listing, site.clock.now(), {}, posts_wanted(request)))
    page.items.push_back(item_of(entry));
  auto response = html(site.views->part("embed", views::model_of(page)).text());
  response.set("Content-Security-Policy",
               "default-src 'none'; style-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors *");
  response.set("Cross-Origin-Opener-Policy", "unsafe-none");
  response.set("Cache-Control", "public, max-age=300");
  return response;
}

}  // namespace voice::server
