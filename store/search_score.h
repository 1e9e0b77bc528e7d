// store/search_score.h - how well a post fits the words that were looked for, as a function inside SQLite.
//
// SQLite's own bm25() first counts in how many posts each word stands, which for "council" means reading most of the index
// at every search. This one looks at the post alone, so its cost does not grow with the number of posts.
#pragma once

struct sqlite3;

namespace voice::store {

inline constexpr double kInTitle = 3.0;  ///< what a word or phrase counts in the title

/// Makes voice_score(search_english) and voice_score(search_other) available on a connection: for each word or phrase 3 in
/// the title, 1.5 in the tags, and up to 1 for the text, more the more often it is there. Throws DatabaseError.
void add_search_score(sqlite3* handle);

}  // namespace voice::store
