#include "server/guest_text.h"

#include "content/excerpt.h"
#include "content/markdown.h"
#include "server/letters.h"
#include "store/audit.h"
#include "views/desk_guest_letters.h"

namespace voice::server {

store::RenderedGuestPost render_guest_post(const store::GuestPost& post) {
  const auto body = content::render_markdown(post.text.markdown);
  auto summary = content::summarise(body);
  return {.revision = post.revision,
          .body = body,
          .excerpt = std::move(summary.excerpt),
          .words = static_cast<std::int64_t>(summary.words)};
}

store::HubFeed hub_feed_of(const Site& site) {
  return {.title = "Guest posts",
          .base_url = site.settings.site.base_url,
          .tag_date = site.settings.site.tag_date,
          .language = "en-GB"};
}

int publish_due_guest_posts(store::Database& db, const Site& site) {
  int published = 0;
  for (const auto id : store::due_guest_posts(*db.reader(), site.clock.now())) {
    const auto post = store::find_guest_post(*db.reader(), id);
    if (!post) continue;
    const auto rendered = render_guest_post(*post);
    const bool done = db.write([&](store::Writer& writer) {
      if (!store::publish_guest_post(writer, id, rendered, hub_feed_of(site), site.clock.now())) return false;
      const auto now_public = *store::find_guest_post(writer, id);
      store::record(writer,
                    {.actor = "the hub",
                     .act = "guest.published",
                     .subject = now_public.text.title,
                     .subject_path = "/guest-posts/" + now_public.slug,
                     .reason = "its time had come",
                     .audience = store::Audience::everybody},
                    site.clock.now());
      write_letter(writer, site, now_public.email,
                   views::guest_published_letter(now_public, site.address_of("/guest-posts/" + now_public.slug)),
                   "guest " + std::to_string(id.value) + " published");
      return true;
    });
    if (done) ++published;
  }
  return published;
}

}  // namespace voice::server
