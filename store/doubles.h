// store/doubles.h - the same post by two feeds is shown once.
//
// Two entries are one post when they lead to the same page and bear the same title. Shown is the one whose blog is at that
// page's own site: a planet, a group blog or a thief passes it on, but can't put itself in the author's place by being
// polled first. Where neither or both are at home there, the one that was here first is shown.
#pragma once
#include <string>

#include "store/db.h"

namespace voice::store {

/// Marks an entry that has just been stored, or changed, as a double of another, or others as doubles of it.
void settle_doubles(Writer& db, EntryId entry);

/// When a blog leaves: what was hidden as a double of its posts is shown again.
void release_doubles_of(Writer& db, BlogId blog);

}  // namespace voice::store
