// store/blog_rows.h - a Blog from the columns of a query. Private to this room.
#pragma once
#include <string_view>

#include "store/blogs.h"

namespace voice::store {

/// To be selected first, in this order, from blogs AS b.
struct BlogColumns {
  static constexpr std::string_view kNames =
      "b.id, b.slug, b.title, b.home_url, b.description, b.language, b.author, b.organisation, b.kind, b.shown, "
      "b.licence, b.state, b.created_at, b.joined_at, b.last_post_at, b.post_count";
  static constexpr int kCount = 16;
};
Blog read_blog(const Rows& rows);

}  // namespace voice::store
