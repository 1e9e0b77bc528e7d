// views/json_ld.h - what a page is, for machines that read schema.org.
//
// Lists name their posts by our pages; the posts themselves belong to other sites and are not described here.
#pragma once
#include <string>
#include <vector>

#include "views/post_card.h"

namespace voice::views {

struct PageSubject {
  std::string name;
  std::string description;
  std::string url;  ///< absolute
};

/// The front page: the site with its search, and the newest posts as a list. `base_url` is in front of our own addresses.
std::string front_page_ld(const PageSubject& site, const std::vector<PostCard>& posts, const std::string& base_url);
/// A topic, an organisation, a day: a list of posts.
std::string collection_ld(const PageSubject& page, const std::vector<PostCard>& posts, const std::string& base_url);
/// A member's blog: `home_url` is the blog itself.
std::string blog_ld(const PageSubject& blog, const std::string& home_url, const std::string& author);
std::string profile_ld(const PageSubject& person);

}  // namespace voice::views
