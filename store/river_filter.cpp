#include "store/river_filter.h"

#include <algorithm>

namespace voice::store {
namespace {

void bind(Rows&, const AllEntries&) {}
void bind(Rows&, const WrittenHere&) {}
void bind(Rows&, const InConversations&) {}
void bind(Rows&, const EverFeatured&) {}
void bind(Rows& rows, const OfBlog& filter) { rows.bind(":owner", filter.blog); }
void bind(Rows& rows, const OfTopic& filter) { rows.bind(":owner", filter.topic); }
void bind(Rows& rows, const WithoutTopic& filter) { rows.bind(":owner", filter.topic); }
void bind(Rows& rows, const OfPerson& filter) { rows.bind(":owner", filter.person); }
void bind(Rows& rows, const OfOrganisation& filter) { rows.bind(":owner", filter.organisation); }
void bind(Rows& rows, const OfConversation& filter) { rows.bind(":owner", filter.conversation); }
void bind(Rows& rows, const OfPeriod& filter) { rows.bind(":from", filter.from); }
void bind(Rows& rows, const Matching& filter) { rows.bind(":match", filter.expression); }

}  // namespace

void bind_filter(Rows& rows, const RiverFilter& filter) {
  std::visit([&](const auto& f) { bind(rows, f); }, filter);
}

sys_seconds newest_of(const RiverFilter& filter, sys_seconds now) {
  const auto* period = std::get_if<OfPeriod>(&filter);
  return period ? std::min(now, period->until - std::chrono::seconds{1}) : now;
}

}  // namespace voice::store
