// server/blog_state.h - how a blog is doing, in words: live, quiet, silent, paused, gone.
//
// Silent is not dead: councils stop for eight weeks before elections, and people have other work.
#pragma once
#include <string>

#include "store/directory.h"
#include "views/forms.h"

namespace voice::server {

views::Tag tag_for(store::Pulse pulse);
/// What it means for this blog, as a sentence; empty for one that is live.
std::string sentence_for(store::Pulse pulse, const store::Blog& blog);

}  // namespace voice::server
