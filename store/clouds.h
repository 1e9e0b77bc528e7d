// store/clouds.h - which servers are asked to ping us when a feed of theirs has news (rssCloud).
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/db.h"

namespace voice::store {

struct CloudRegistration {
  FeedId feed;
  std::string feed_url;
  std::string cloud_url;
  std::int64_t failures = 0;
};

std::optional<CloudRegistration> find_cloud(Reader& db, FeedId feed);
/// Registrations of active blogs' feeds that are to be made (again) by `now`.
std::vector<CloudRegistration> due_clouds(Reader& db, sys_seconds now, int limit);

/// The cloud that a feed names; takes the place of another one. Empty: it names none.
void name_cloud(Writer& db, FeedId feed, std::string_view cloud_url, sys_seconds now);
/// The cloud is asked again at `again`.
void cloud_registered(Writer& db, FeedId feed, sys_seconds again);
void cloud_refused(Writer& db, FeedId feed, sys_seconds again);

}  // namespace voice::store
