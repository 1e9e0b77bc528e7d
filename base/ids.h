// base/ids.h - row numbers that cannot be mistaken for one another.
//
// Every id is a SQLite rowid (over 0). 0 means "none yet", as before a first INSERT.
#pragma once
#include <compare>
#include <cstdint>
#include <functional>

namespace voice {

template <class Tag>
struct Id {
  std::int64_t value = 0;
  explicit operator bool() const { return value > 0; }
  friend auto operator<=>(const Id&, const Id&) = default;
};

using BlogId = Id<struct BlogTag>;
using FeedId = Id<struct FeedTag>;
using EntryId = Id<struct EntryTag>;
using UserId = Id<struct UserTag>;
using SessionId = Id<struct SessionTag>;
using ApplicationId = Id<struct ApplicationTag>;
using GuestPostId = Id<struct GuestPostTag>;
using LetterId = Id<struct LetterTag>;
using FeatureId = Id<struct FeatureTag>;
using TopicId = Id<struct TopicTag>;
using OrganisationId = Id<struct OrganisationTag>;
using PersonId = Id<struct PersonTag>;
using ConversationId = Id<struct ConversationTag>;

}  // namespace voice

template <class Tag>
struct std::hash<voice::Id<Tag>> {
  std::size_t operator()(const voice::Id<Tag>& id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
