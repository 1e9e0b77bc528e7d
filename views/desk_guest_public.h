// views/desk_guest_public.h - guest posts as readers see them.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "store/guest_posts.h"
#include "views/desk_page.h"

namespace voice::views {

/// `feed_stem`: the address of its feeds without ".atom"; empty while there are no posts. `older_url`: where the list goes on;
/// empty where it ends here.
DeskPage guest_posts_page(const std::vector<PostCard>& posts, const std::string& feed_stem,
                          const std::string& older_url);
DeskPage guest_post_page(const store::GuestPost& post, const content::SafeHtml& body,
                         const std::optional<sys_seconds>& updated, const std::string& base_url);
/// At the address of a post that was taken down.
DeskPage guest_gone_page(const store::GuestPost& post);

}  // namespace voice::views
