#include "store/index_tidying.h"

#include <algorithm>
#include <array>
#include <string>

namespace voice::store {
namespace {

const std::array<std::string, 4> kTables = {"search_english", "search_other", "search_titles_english",
                                            "search_titles_other"};
constexpr int kPagesAStep = 256;  // of 4 KB

// FTS5 keeps a row for every page of every segment in TABLE_idx, segment by segment: from each to the next is one seek.
int pieces_of(Reader& db, const std::string& table) {
  const std::string index = table + "_idx";
  auto rows = db.query("WITH RECURSIVE piece (id) AS (SELECT min(segid) FROM " + index +
                       " UNION ALL SELECT (SELECT min(segid) FROM " + index +
                       " WHERE segid > piece.id) FROM piece WHERE piece.id IS NOT NULL) SELECT count(id) FROM piece");
  rows.step();
  return static_cast<int>(rows.integer(0));
}

std::int64_t changes_so_far(Reader& db) {
  auto rows = db.query("SELECT total_changes()");
  rows.step();
  return rows.integer(0);
}

// SQLite's documentation of FTS5, 6.9: a negative number first takes all segments for one merge, a positive one goes on with
// it, and a merge that changes fewer than two rows had nothing left to do.
bool merge(Writer& db, const std::string& table, int pages) {
  const auto before = changes_so_far(db);
  db.change("INSERT INTO " + table + " (" + table + ", rank) VALUES ('merge', :pages)").bind(":pages", pages).run();
  return changes_so_far(db) - before >= 2;
}

}  // namespace

int pieces_of_index(Reader& db) {
  int most = 0;
  for (const auto& table : kTables) most = std::max(most, pieces_of(db, table));
  return most;
}

bool IndexTidying::step(Writer& db) {
  for (; table_ < kTables.size(); ++table_) {
    const auto& table = kTables[table_];
    const int pages = under_way_ ? kPagesAStep : -kPagesAStep;
    if (!under_way_ && pieces_of(db, table) <= kMostPieces) continue;
    under_way_ = merge(db, table, pages);
    if (under_way_) return true;
  }
  table_ = 0;
  return false;
}

}  // namespace voice::store
