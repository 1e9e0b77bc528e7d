// store/blogs_in_view.h - which blogs a view of the river gathers.
//
// A view may hold most of all posts, so they are not read: each blog is asked whether it has one, which ends at the first.
// What is short (a rare topic, a person's posts, a conversation, a day) is read whole instead.
#pragma once
#include <vector>

#include "store/blogs.h"
#include "store/river.h"

namespace voice::store {

/// Every blog with a post that the view shows by `now`, by title. Of a search only its newest 10,000 matches count: a common
/// word would have every post read.
std::vector<Blog> blogs_in_view(Reader& db, const RiverFilter& filter, sys_seconds now);

/// The statement it runs, for tests that read its plan; of a topic that many posts are on.
std::string blogs_in_view_sql(const RiverFilter& filter);

}  // namespace voice::store
