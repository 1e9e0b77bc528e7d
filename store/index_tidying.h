// store/index_tidying.h - the pieces that the search index was written in become one.
//
// FTS5 writes a piece of the index (it says "segment") with each batch of posts, joins them in fours as they come, and keeps
// the words of a post that was indexed again until their piece is joined. A search reads every piece: with a dozen it takes
// half as long again. Joining them all rewrites the index, so it is done in steps, when nothing else waits.
#pragma once
#include <cstddef>

#include "store/db.h"

namespace voice::store {

/// So many pieces are left alone. FTS5's own joining comes to more about once in sixty batches.
inline constexpr int kMostPieces = 8;
/// In how many pieces the words lie, in the table that has most.
int pieces_of_index(Reader& db);

class IndexTidying {
 public:
  bool is_under_way() const { return under_way_; }
  /// Takes one step, of about a megabyte; begins where a table has more than kMostPieces. False when nothing is left to do.
  bool step(Writer& db);

 private:
  std::size_t table_ = 0;
  bool under_way_ = false;  ///< the pieces of table_ are being joined
};

}  // namespace voice::store
