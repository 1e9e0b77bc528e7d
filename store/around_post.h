// store/around_post.h - what stands beside one post: its blog's next and last one, and the same post elsewhere.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "store/river.h"

namespace voice::store {

std::optional<RiverEntry> newer_of_blog(Reader& db, const RiverEntry& entry, sys_seconds now);
std::optional<RiverEntry> older_of_blog(Reader& db, const RiverEntry& entry, sys_seconds now);

struct Elsewhere {
  std::string blog_title;
  std::string url;
};
/// Other feeds that carry the same post; it is shown once, as this entry.
std::vector<Elsewhere> same_post_elsewhere(Reader& db, EntryId entry);
/// The entry that this one is a double of.
std::optional<EntryId> shown_as(Reader& db, EntryId entry);
/// Why a page of a post cannot be shown.
enum class Absence { never_was, hidden, blog_left };
Absence why_absent(Reader& db, EntryId entry);

/// A post by somebody of a council, chosen by `choice` (any number of 32 bits) among those of the last year: each is as
/// likely as any other (twice as likely where its blog is with two councils), and the same choice gives the same post.
/// Where councils have none, a post by any member of the last year; else the newest there is. Nothing on an empty hub.
/// Counts a year of posts in an index: some milliseconds on a hub of 200,000.
std::optional<EntryId> random_post(Reader& db, std::uint32_t choice, sys_seconds now);

}  // namespace voice::store
