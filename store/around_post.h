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

/// An entry of another blog chosen by `choice` (0 to 1 less than 2^32) among the posts of the last year: the same choice
/// gives the same post. Nothing on an empty hub.
std::optional<EntryId> random_post(Reader& db, std::uint32_t choice, sys_seconds now);

}  // namespace voice::store
