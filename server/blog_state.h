// server/blog_state.h - how a blog is doing, in words: live, quiet, silent, paused, gone.
//
// Silent is not dead: councils stop for eight weeks before elections, and people have other work.
#pragma once
#include <string>

#include "store/blogs.h"
#include "views/forms.h"

namespace voice::server {

enum class Liveliness { live, quiet, silent, empty, paused, gone };
Liveliness liveliness_of(const store::Blog& blog, sys_seconds now);
views::Tag tag_for(Liveliness state);
/// What it means for this blog, as a sentence; empty for one that is live.
std::string sentence_for(Liveliness state, const store::Blog& blog);
/// Its name in an address: "quiet".
std::string_view name_of(Liveliness state);

}  // namespace voice::server
