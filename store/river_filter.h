// store/river_filter.h - what a filter of the river fills into a statement, whatever that statement asks. Private to this room.
#pragma once
#include "store/river.h"

namespace voice::store {

/// Binds what the filter holds: `:owner` for whose or which it is, `:from` of a period, `:match` of a search.
void bind_filter(Rows& rows, const RiverFilter& filter);

/// The newest moment that may be shown: not after `now`, and within the period.
sys_seconds newest_of(const RiverFilter& filter, sys_seconds now);

}  // namespace voice::store
