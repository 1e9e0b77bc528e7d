// store/featuring.h - posts that editors picked, each with one sentence of why, an order and an end.
//
// Reading gives ids and sentences; the posts themselves come from store/river.h, so that a post that was hidden or whose
// blog left is no longer among them.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/db.h"

namespace voice::store {

constexpr int kFeaturedAtOnce = 3;  ///< what the strip on the front page holds

struct Feature {
  FeatureId id;
  EntryId entry;
  std::string sentence;
  int position = 1;  ///< 1 is first
  sys_seconds starts{};
  sys_seconds ends{};
  std::string by;  ///< the editor's name
};

struct NewFeature {
  EntryId entry;
  std::string sentence;
  int position = 1;
  sys_seconds ends{};
  UserId by;
};

/// Errors: conflict when it is featured now, not_found when there is no such entry.
Result<FeatureId> feature(Writer& db, const NewFeature& pick, sys_seconds now);
/// Takes it down early; false when it was down.
bool end_feature(Writer& db, FeatureId feature, sys_seconds now);

/// Closes those whose time has run out, so that kept pages are made afresh without them. Returns how many.
std::int64_t close_ended_features(Writer& db, sys_seconds now);

/// Those of now, by position, then newest first.
std::vector<Feature> current_features(Reader& db, sys_seconds now);
/// All that ever started, newest first, older than `before` where that is given.
std::vector<Feature> all_features(Reader& db, sys_seconds now, FeatureId before, int limit);
std::optional<Feature> current_feature_of(Reader& db, EntryId entry, sys_seconds now);
/// The sentence of its newest pick; empty where it was never picked.
std::string why_featured(Reader& db, EntryId entry);
std::optional<Feature> find_feature(Reader& db, FeatureId id);

}  // namespace voice::store
