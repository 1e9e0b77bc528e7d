// server/guest_text.h - a guest's Markdown as it will be read: what a preview shows and publishing stores are both this.
#pragma once
#include "server/site.h"
#include "store/guest_posts.h"

namespace voice::server {

store::RenderedGuestPost render_guest_post(const store::GuestPost& post);
store::HubFeed hub_feed_of(const Site& site);

/// Publishes what was scheduled and is due, and writes to each guest. Returns how many.
int publish_due_guest_posts(store::Database& db, const Site& site);

}  // namespace voice::server
